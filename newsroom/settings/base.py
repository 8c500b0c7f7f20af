"""What every installation of the newsroom shares; the environment decides the rest."""

from pathlib import Path

from archive.setup.settings import *  # noqa: F403
from archive.setup.settings import with_archive_apps, with_archive_middleware
from newsroom.settings.environment import boolean, database, text, words

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(text("NEWSROOM_VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = text("SECRET_KEY", "insecure-key-for-development-only")
DEBUG = boolean("DEBUG", False)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1 localhost")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = with_archive_apps(
    [
        "newsroom",
        "archive.contrib.answers",
        "archive.contrib.api",
        "archive.contrib.assessment",
        "archive.contrib.backup",
        "archive.contrib.checks",
        "archive.contrib.content_credentials",
        "archive.contrib.dossiers",
        "archive.contrib.exchange",
        "archive.contrib.exports",
        "archive.contrib.geonames",
        "archive.contrib.harvesting",
        "archive.contrib.opensearch",
        "archive.contrib.related",
        "archive.contrib.replacement",
        "archive.contrib.reprints",
        "archive.contrib.machinery",
        "archive.contrib.mcp",
        "archive.contrib.name_suggestions",
        "archive.contrib.pretranslation",
        "archive.contrib.reader_reports",
        "archive.contrib.tie_maps",
        "archive.contrib.intake",
        "archive.contrib.office_files",
        "archive.contrib.wires",
        "archive.contrib.web_pages",
        "archive.contrib.transfer",
        "wagtail.contrib.redirects",
        "wagtail.contrib.settings",
        "wagtail.embeds",
        "wagtail.sites",
        "wagtail.users",
        "wagtail.snippets",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.search",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    ]
)

MIDDLEWARE = with_archive_middleware(
    [
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    ]
)

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database("DATABASE_URL", VAR_DIR / "newsroom.sqlite3")}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LOCALE_PATHS = [BASE_DIR / "locale"]
# English dates as the pages have them, in the admin too.
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = text("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(text("MEDIA_ROOT", str(BASE_DIR / "media")))

# No word to a third party about who works here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = boolean("WAGTAIL_ENABLE_UPDATE_CHECK", False)
WAGTAIL_SITE_NAME = text("WAGTAIL_SITE_NAME", "Newsroom archive")
WAGTAILADMIN_BASE_URL = text("WAGTAILADMIN_BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
# At these qualities photographs look the same; AVIF is about half of JPEG's size.
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx", "zip"]
ARCHIVE_CSP_EVERYWHERE = True
# For a site that isn't the real one: search engines keep away.
ARCHIVE_ROBOTS_CLOSED = boolean("ROBOTS_CLOSED", False)
# Pages are kept for readers whom the site doesn't know: docs/caching.md.
ARCHIVE_CACHE_PAGES = boolean("ARCHIVE_CACHE_PAGES", False)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
# Machine drafts: off unless an engine is named, such as archive.contrib.machinery.deepl.DeepL.
ARCHIVE_MACHINE_ENGINE = text("ARCHIVE_MACHINE_ENGINE", "")
ARCHIVE_MACHINE_OPTIONS = {
    name: value
    for name in ("key", "url", "model")
    if (value := text(f"ARCHIVE_MACHINE_{name.upper()}", ""))
}
# A language model that reads translations when a person asks: off unless it is named.
ARCHIVE_MACHINE_READER = {
    name: value
    for name in ("key", "url", "model")
    if (value := text(f"ARCHIVE_MACHINE_READER_{name.upper()}", ""))
}
