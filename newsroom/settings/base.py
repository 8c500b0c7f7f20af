"""What every installation of the newsroom shares; the environment decides the rest."""

from pathlib import Path

from newsroom.settings.environment import boolean, database, text, words

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(text("NEWSROOM_VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = text("SECRET_KEY", "insecure-key-for-development-only")
DEBUG = boolean("DEBUG", False)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1 localhost")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "newsroom",
    "archive",
    # modeltranslation must patch models before the admin sees them.
    "modeltranslation",
    "js_lib_leaflet",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
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
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.site.caching.middleware.ReaderCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "archive.site.withdrawn.WithdrawnMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "archive.stories.publish_guard.PublicationRefusedMiddleware",
]

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

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = text("TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(text("MEDIA_ROOT", str(BASE_DIR / "media")))

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "zh-hans")
# Some stories are written in Chinese first: each language falls back to the other.
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "zh-hans")
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "BodyField")

# No word to a third party about who works here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = boolean("WAGTAIL_ENABLE_UPDATE_CHECK", False)
WAGTAIL_SITE_NAME = text("WAGTAIL_SITE_NAME", "Newsroom archive")
WAGTAILADMIN_BASE_URL = text("WAGTAILADMIN_BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "archive.ArchiveImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "archive.photos.forms.ArchiveImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
# A rendition carries its credit in the file, which only these formats can take.
# At these qualities photographs look the same; AVIF is about half of JPEG's size.
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "webp": "webp", "gif": "png", "tiff": "jpeg"}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx", "zip"]
# Addresses read the same in both languages.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "archive.search.backends"},
}
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
# Machine drafts: off unless an engine is named, such as archive.desk.machinery.deepl.DeepL.
ARCHIVE_MACHINE_ENGINE = text("ARCHIVE_MACHINE_ENGINE", "")
ARCHIVE_MACHINE_OPTIONS = {
    name: value for name in ("key", "url") if (value := text(f"ARCHIVE_MACHINE_{name.upper()}", ""))
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
