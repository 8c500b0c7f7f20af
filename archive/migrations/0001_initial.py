"""All tables of the archive. Made by hand where a site decides: its two languages, its page model,
its image model."""

import archive.entities.countries
import archive.entities.models
import archive.stories.fields
import archive.stories.models.article
import archive.stories.publish_guard
import archive.stories.reviews
import archive.stories.rights
import archive.stories.stale_save
import archive.text.dates
import archive.ties.models
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

from archive.base_page import PAGE_MODEL
from archive.migrations._site import PAGE, in_each
from archive.search.engines.schema import CreateTextTables
from archive.text.language import FIRST, LABELS, LANGUAGES, SHORT_CODES, column, columns


IMAGE = get_image_model_string()


def keep_in_order_of_key(apps, schema_editor):
    """SQLite would store each row twice, beside its key; so it takes 40 % of the room."""
    if schema_editor.connection.vendor != "sqlite":
        return
    model = apps.get_model("archive", "MemoryFingerprint")
    create, params = schema_editor.table_sql(model)
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(model._meta.db_table)}")
    schema_editor.execute(f"{create} WITHOUT ROWID", params)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        # A site may have a page model and an image model of its own.
        migrations.swappable_dependency(PAGE_MODEL),
        migrations.swappable_dependency(IMAGE),
    ]
    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="DeskSetting",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("keys", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "setting of the desk",
                "verbose_name_plural": "settings of the desk",
            },
        ),
        migrations.CreateModel(
            name="CommandRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("command", models.CharField(max_length=60, unique=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("worker", models.CharField(max_length=64, unique=True)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FollowerDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("story", models.BigIntegerField()),
                ("follower", models.CharField(max_length=60)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(db_index=True)),
                ("is_taken", models.BooleanField(default=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("story", "follower"), name="archive_one_follower_per_story"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                *in_each("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                *in_each(
                    "intro", models.TextField(blank=True, null=True, verbose_name="introduction")
                ),
                (
                    "leads",
                    wagtail.fields.StreamField(
                        [("story", 0)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "Story", "page_type": ["archive.ArticlePage"]},
                            )
                        },
                        help_text="These stand first on the front page, in this order, as long as readers may see them. Behind them come the newest.",
                        verbose_name="leading stories",
                    ),
                ),
            ],
            options={"verbose_name": "home page", "verbose_name_plural": "home pages"},
            bases=(PAGE,),
        ),
        migrations.CreateModel(
            name="InformationPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                *in_each("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                *in_each(
                    "intro", models.TextField(blank=True, null=True, verbose_name="introduction")
                ),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="text")),
                *in_each(
                    "body", wagtail.fields.RichTextField(blank=True, null=True, verbose_name="text")
                ),
                (
                    "shows_search_tips",
                    models.BooleanField(
                        default=False,
                        help_text="Show the table of what can be typed into the search box below the text.",
                        verbose_name="search tips",
                    ),
                ),
            ],
            options={
                "verbose_name": "information page",
                "verbose_name_plural": "information pages",
            },
            bases=(PAGE,),
        ),
        migrations.CreateModel(
            name="IssuePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("print_date", models.DateField(db_index=True, verbose_name="print date")),
            ],
            options={"verbose_name": "issue", "verbose_name_plural": "issues"},
            bases=(PAGE,),
        ),
        migrations.CreateModel(
            name="MemoryFingerprint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "fingerprint",
                        "unit_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("fingerprint", models.IntegerField()),
                ("unit_id", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="NoticeSetting",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Once a day"),
                            ("never", "Never"),
                        ],
                        default="at_once",
                        max_length=10,
                        verbose_name="mails about assignments, due dates and comments",
                    ),
                ),
            ],
            options={
                "verbose_name": "setting of notices",
                "verbose_name_plural": "settings of notices",
            },
        ),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("article_id", models.BigIntegerField()),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SectionPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                *in_each("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                *in_each(
                    "intro", models.TextField(blank=True, null=True, verbose_name="introduction")
                ),
            ],
            options={"verbose_name": "section", "verbose_name_plural": "sections"},
            bases=(PAGE,),
        ),
        migrations.CreateModel(
            name="YearPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                )
            ],
            options={"verbose_name": "year", "verbose_name_plural": "years"},
            bases=(PAGE,),
        ),
        migrations.CreateModel(
            name="ArchiveImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_index=True, verbose_name="created at"
                    ),
                ),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "file_hash",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=40),
                ),
                (
                    "caption",
                    models.TextField(
                        blank=True,
                        help_text="Shown under the picture. Left empty on upload, it is read from the file.",
                        verbose_name="caption",
                    ),
                ),
                *in_each(
                    "caption",
                    models.TextField(
                        blank=True,
                        help_text="Shown under the picture. Left empty on upload, it is read from the file.",
                        null=True,
                        verbose_name="caption",
                    ),
                ),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="Says what is to be seen, for readers who can't see it.",
                        max_length=500,
                        verbose_name="alternative text",
                    ),
                ),
                *in_each(
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="Says what is to be seen, for readers who can't see it.",
                        max_length=500,
                        null=True,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="As printed beside the picture: “Li Ming / China Daily”. A story can't be published while a picture in it has none.",
                        max_length=255,
                        verbose_name="credit",
                    ),
                ),
                (
                    "rights",
                    models.TextField(
                        blank=True,
                        help_text="Who owns the picture: “© 2015 China Daily”. A story can't be published while a picture in it has none.",
                        verbose_name="copyright notice",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Where the archive has the picture from: an agency, an office, a family.",
                        max_length=255,
                        verbose_name="source",
                    ),
                ),
                (
                    "creator",
                    models.CharField(
                        blank=True,
                        help_text="Who took the picture.",
                        max_length=255,
                        verbose_name="photographer",
                    ),
                ),
                (
                    "date_taken",
                    models.CharField(
                        blank=True,
                        help_text="As far as it is known: 1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="date taken",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Where the picture was taken.",
                        max_length=255,
                        verbose_name="place",
                    ),
                ),
                (
                    "digital_source_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("digitalCapture", "Digital capture sampled from real life"),
                            (
                                "computationalCapture",
                                "Multi-frame computational capture from real life",
                            ),
                            ("negativeFilm", "Digitised from a negative on film"),
                            ("positiveFilm", "Digitised from a positive on film"),
                            ("print", "Digitised from a print on non-transparent medium"),
                            ("humanEdits", "Human-edited media"),
                            ("digitalCreation", "Digital creation"),
                            ("screenCapture", "Screen capture"),
                            ("virtualRecording", "Virtual event recording"),
                            ("dataDrivenMedia", "Data-driven media"),
                            ("composite", "Composite of elements"),
                            ("compositeCapture", "Composite of captured elements"),
                            ("algorithmicallyEnhanced", "Algorithmically altered media"),
                            ("algorithmicMedia", "Pure algorithmic media"),
                            ("trainedAlgorithmicMedia", "Created using generative AI"),
                            ("compositeWithTrainedAlgorithmicMedia", "Edited using generative AI"),
                            ("compositeSynthetic", "Composite including generative AI elements"),
                        ],
                        help_text="How the picture was made, in IPTC's words. Below one that generative AI has made or edited, readers are told so.",
                        max_length=40,
                        verbose_name="digital source type",
                    ),
                ),
                (
                    "ai_system",
                    models.CharField(
                        blank=True,
                        help_text="The AI system or model that made the picture: “Adobe Firefly”.",
                        max_length=255,
                        verbose_name="AI system used",
                    ),
                ),
                (
                    "ai_system_version",
                    models.CharField(
                        blank=True,
                        help_text="As far as it is known.",
                        max_length=255,
                        verbose_name="AI system version used",
                    ),
                ),
                (
                    "ai_prompt",
                    models.TextField(
                        blank=True,
                        help_text="What the AI system was told. It is in the public files, as IPTC has it.",
                        verbose_name="AI prompt information",
                    ),
                ),
                (
                    "ai_prompt_writer",
                    models.CharField(
                        blank=True,
                        help_text="Who wrote the prompt; not the picture's creator.",
                        max_length=255,
                        verbose_name="AI prompt writer name",
                    ),
                ),
                (
                    "data_mining",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DMI-ALLOWED", "Allowed"),
                            ("DMI-PROHIBITED", "Prohibited"),
                            ("DMI-PROHIBITED-AIMLTRAINING", "Prohibited for AI/ML training"),
                            (
                                "DMI-PROHIBITED-GENAIMLTRAINING",
                                "Prohibited for generative AI/ML training",
                            ),
                            (
                                "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
                                "Prohibited except for search engine indexing",
                            ),
                            ("DMI-PROHIBITED-SEECONSTRAINT", "Prohibited, see Other Constraints"),
                            (
                                "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR",
                                "Prohibited, see Embedded Encoded Rights Expression",
                            ),
                            (
                                "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR",
                                "Prohibited, see Linked Encoded Rights Expression",
                            ),
                        ],
                        help_text="Whether programs may learn from the picture; empty for what the site says.",
                        max_length=50,
                        verbose_name="data mining",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={"verbose_name": "image", "verbose_name_plural": "images", "abstract": False},
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="ArticlePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=list(LABELS.items()),
                        default=FIRST,
                        help_text="The language the story was first printed in. It can't change once published.",
                        max_length=10,
                        verbose_name="written in",
                    ),
                ),
                (
                    "script",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hans", "Simplified characters"),
                            ("hant", "Traditional characters"),
                        ],
                        help_text="The characters that this text is in. It is kept as printed; readers get traditional characters in simplified ones, and the printed form by a link.",
                        max_length=4,
                        verbose_name="script",
                    ),
                ),
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                *in_each(
                    "headline",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(
                        blank=True,
                        help_text="The line below the headline that sums it up.",
                        verbose_name="standfirst",
                    ),
                ),
                *in_each(
                    "standfirst",
                    models.TextField(
                        blank=True,
                        help_text="The line below the headline that sums it up.",
                        null=True,
                        verbose_name="standfirst",
                    ),
                ),
                (
                    "dateline",
                    models.CharField(
                        blank=True,
                        help_text="As printed: ZHANJIANG, Guangdong.",
                        max_length=120,
                        verbose_name="dateline",
                    ),
                ),
                *in_each(
                    "dateline",
                    models.CharField(
                        blank=True,
                        help_text="As printed: ZHANJIANG, Guangdong.",
                        max_length=120,
                        null=True,
                        verbose_name="dateline",
                    ),
                ),
                ("body", archive.stories.fields.BodyField([], blank=True, verbose_name="body")),
                *in_each(
                    "body",
                    archive.stories.fields.BodyField(
                        [], blank=True, null=True, verbose_name="body"
                    ),
                ),
                ("print_date", models.DateField(blank=True, null=True, verbose_name="print date")),
                (
                    "print_edition",
                    models.CharField(
                        blank=True,
                        help_text="Such as USA or European Weekly.",
                        max_length=80,
                        verbose_name="edition",
                    ),
                ),
                (
                    "print_page",
                    models.CharField(
                        blank=True,
                        help_text="The label on the page: 17, B8.",
                        max_length=12,
                        verbose_name="page",
                    ),
                ),
                (
                    "printed_byline",
                    models.TextField(
                        blank=True,
                        help_text="Readers of the original get it word for word; citations and the other language name the authors below.",
                        verbose_name="byline as printed",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="source address"),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="As printed below the story. For editors only, never shown to readers.",
                        max_length=254,
                        verbose_name="contact",
                    ),
                ),
                ("rights", models.CharField(blank=True, max_length=255, verbose_name="rights")),
                (
                    "rights_statement",
                    models.CharField(
                        blank=True,
                        choices=archive.stories.rights.rights_statements,
                        help_text="What readers may do with the story. Empty: that of its publication.",
                        max_length=12,
                        verbose_name="rights statement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=archive.stories.models.article.story_kinds,
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Written for demonstration; readers are told so.",
                        verbose_name="sample text",
                    ),
                ),
                (
                    "unplaced",
                    models.JSONField(
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="Lines of the imported source that match no field.",
                        verbose_name="unplaced text",
                    ),
                ),
                (
                    "translation_state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("in_review", "In review"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("source_changed", "Source changed"),
                        ],
                        default="not_started",
                        editable=False,
                        max_length=20,
                        verbose_name="translation",
                    ),
                ),
                ("translation_is_abridged", models.BooleanField(default=False, editable=False)),
                (
                    "translation_lacks_correction",
                    models.BooleanField(default=False, editable=False),
                ),
                ("translation_marks", models.JSONField(blank=True, default=dict, editable=False)),
                ("translated_at", models.DateTimeField(editable=False, null=True)),
                (
                    "import_key",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=255),
                ),
                (
                    "import_digest",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "import_source",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=12),
                ),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=IMAGE,
                    ),
                ),
                (
                    "version_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="The story that this one prints, too: the same report in another paper.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.articlepage",
                        verbose_name="version of",
                    ),
                ),
            ],
            options={"verbose_name": "story", "verbose_name_plural": "stories"},
            bases=(
                archive.stories.publish_guard.PublishGuardMixin,
                archive.stories.reviews.ReviewedMixin,
                archive.stories.stale_save.SavedByFormMixin,
                PAGE,
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["key", "at"], name="archive_change_of")]},
        ),
        migrations.CreateModel(
            name="Entity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        blank=True,
                        help_text="The entry's name in web addresses and data files; it never changes. Left empty, it is made from the English name.",
                        max_length=80,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=archive.entities.models.name_kinds,
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "place_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("city", "City"),
                            ("port", "Port"),
                            ("province", "Province"),
                            ("state", "State"),
                        ],
                        max_length=20,
                        verbose_name="type of place",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                *in_each("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences, true on any day: no “current” or “former”.",
                        verbose_name="description",
                    ),
                ),
                *in_each(
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences, true on any day: no “current” or “former”.",
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        help_text="Province or state.",
                        max_length=120,
                        verbose_name="region",
                    ),
                ),
                *in_each(
                    "region",
                    models.CharField(
                        blank=True,
                        help_text="Province or state.",
                        max_length=120,
                        null=True,
                        verbose_name="region",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        help_text="Two-letter code (ISO 3166-1), such as CN or US.",
                        max_length=2,
                        validators=[archive.entities.countries.validate_country],
                        verbose_name="country or territory",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        help_text="Degrees, north is positive (WGS 84).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        help_text="Degrees, east is positive (WGS 84).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "coordinates_source",
                    models.CharField(
                        blank=True,
                        choices=[("geonames", "GeoNames"), ("natural_earth", "Natural Earth")],
                        help_text="Whose data they are; the licence may ask for a credit line.",
                        max_length=20,
                        verbose_name="source of the coordinates",
                    ),
                ),
                (
                    "geonames_id",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="GeoNames id"),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^Q[1-9]\\d*\\Z", "Write Q and a number, such as Q59144."
                            )
                        ],
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True,
                        help_text="The page on which the name in the other language was seen.",
                        max_length=500,
                        verbose_name="source",
                    ),
                ),
                (
                    "verified",
                    models.BooleanField(
                        default=False,
                        help_text="The names in both languages were checked against a published source.",
                        verbose_name="verified",
                    ),
                ),
                (
                    "is_published",
                    models.BooleanField(
                        default=True,
                        help_text="Readers and search engines find its page. A name that was made for a draft is published with the first story that names it.",
                        verbose_name="published",
                    ),
                ),
                (
                    "pinyin",
                    models.CharField(
                        blank=True,
                        help_text="Only where the automatic reading sorts it wrongly: “chang tan” for 长滩.",
                        max_length=200,
                        verbose_name="pinyin",
                    ),
                ),
                ("sort_key", models.CharField(blank=True, editable=False, max_length=400)),
                *in_each(
                    "sort_key",
                    models.CharField(blank=True, editable=False, max_length=400, null=True),
                ),
                ("source_digests", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged_names",
                        to="archive.entity",
                    ),
                ),
                (
                    "split_from",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "name entry",
                "verbose_name_plural": "names",
                "ordering": ["key"],
                "permissions": [("merge_entity", "Can merge and split names")],
                "default_manager_name": "with_merged",
            },
            bases=(modelsearch.index.Indexed, models.Model),
            managers=[("with_merged", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="Double",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("wikidata", "the same Wikidata id"),
                            ("geonames", "the same GeoNames id"),
                            ("same_name", "the same name"),
                            ("like_name", "nearly the same name"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=100, verbose_name="similarity")),
                ("names", models.CharField(blank=True, max_length=420)),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
                (
                    "two",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "possible duplicate",
                "verbose_name_plural": "possible duplicates",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                *in_each("name", models.CharField(max_length=160, null=True, verbose_name="name")),
                ("about", models.TextField(blank=True, verbose_name="about")),
                *in_each("about", models.TextField(blank=True, null=True, verbose_name="about")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="archive.author",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="The same person among the names: bylines lead there.",
                        limit_choices_to={"kind": "person"},
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.entity",
                        verbose_name="person",
                    ),
                ),
            ],
            options={"verbose_name": "author", "verbose_name_plural": "authors"},
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="ArticleEntity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[("about", "About"), ("mentioned", "Mentioned")],
                        default="mentioned",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entity_tags",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_tags",
                        to="archive.entity",
                        verbose_name="entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "tagged entity",
                "verbose_name_plural": "tagged entities",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArticleByline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("contributor", "Contributor"),
                            ("additional", "Additional reporting"),
                            ("photographer", "Photographer"),
                            ("editor", "Editor"),
                            ("translator", "Translator"),
                            ("agency", "Agency"),
                        ],
                        default="reporter",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bylines",
                        to="archive.author",
                        verbose_name="author",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the author reported from, as in “By Li Na in Zhanjiang”.",
                        limit_choices_to={"kind": "place"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.entity",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "byline",
                "verbose_name_plural": "bylines",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntityName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "text",
                    models.CharField(db_index=True, max_length=200, verbose_name="written form"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=list(LABELS.items()),
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("alias", "Alias"),
                            ("romanisation", "Romanisation"),
                            ("former", "Former name"),
                            ("abbreviation", "Abbreviation"),
                            ("traditional", "Traditional characters"),
                        ],
                        default="alias",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "forbidden",
                    models.BooleanField(
                        default=False,
                        help_text="Found in searches, but translators are warned not to use it.",
                        verbose_name="forbidden",
                    ),
                ),
                (
                    "valid_from",
                    models.CharField(
                        blank=True,
                        help_text="1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="used from",
                    ),
                ),
                (
                    "valid_until",
                    models.CharField(
                        blank=True,
                        help_text="1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="used until",
                    ),
                ),
                (
                    "entity",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="archive.entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=200, verbose_name="term")),
                *in_each("term", models.CharField(max_length=200, null=True, verbose_name="term")),
                (
                    "part_of_speech",
                    models.CharField(
                        choices=[
                            ("noun", "Noun"),
                            ("verb", "Verb"),
                            ("adjective", "Adjective"),
                            ("adverb", "Adverb"),
                            ("other", "Other"),
                        ],
                        default="noun",
                        help_text="The desk also finds an English noun’s plural, and an English verb’s forms.",
                        max_length=10,
                        verbose_name="part of speech",
                    ),
                ),
                ("definition", models.TextField(blank=True, verbose_name="definition")),
                *in_each(
                    "definition", models.TextField(blank=True, null=True, verbose_name="definition")
                ),
                (
                    "variants",
                    models.TextField(
                        blank=True,
                        help_text="Separate several forms by semicolons.",
                        verbose_name="other allowed forms",
                    ),
                ),
                *in_each(
                    "variants",
                    models.TextField(
                        blank=True,
                        help_text="Separate several forms by semicolons.",
                        null=True,
                        verbose_name="other allowed forms",
                    ),
                ),
                (
                    "forbidden",
                    models.TextField(
                        blank=True,
                        help_text="What a translator must not write. Separate several forms by semicolons.",
                        verbose_name="forbidden forms",
                    ),
                ),
                *in_each(
                    "forbidden",
                    models.TextField(
                        blank=True,
                        help_text="What a translator must not write. Separate several forms by semicolons.",
                        null=True,
                        verbose_name="forbidden forms",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="For translators.", verbose_name="note"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": [*columns("term"), "pk"],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("object_id", models.CharField(max_length=255)),
                ("label", models.CharField(max_length=500)),
                ("changes", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["content_type", "object_id"], name="archive_journal_by_object"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MemoryUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "written_in",
                    models.CharField(choices=list(LABELS.items()), max_length=10),
                ),
                ("kind", models.CharField(blank=True, max_length=20)),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("archive", "Published here"),
                            ("tmx", "TMX file"),
                            ("confirmed", "Confirmed, not published yet"),
                        ],
                        default="archive",
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200)),
                ("label", models.CharField(blank=True, max_length=255)),
                ("print_date", models.DateField(null=True)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("file_tool", models.CharField(blank=True, max_length=100)),
                ("file_date", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                *in_each("text", models.TextField()),
                *in_each("digest", models.CharField(max_length=32)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memory_units",
                        to="archive.articlepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation memory unit",
                "verbose_name_plural": "translation memory units",
                "default_permissions": ("add",),
            },
        ),
        migrations.CreateModel(
            name="NameHint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("weight", models.PositiveIntegerField(default=0)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameSlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slip", models.CharField(max_length=7)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "title",
                    models.CharField(
                        help_text="Without the place: “Party chief”, 市委书记.",
                        max_length=160,
                        verbose_name="title",
                    ),
                ),
                *in_each(
                    "title",
                    models.CharField(
                        help_text="Without the place: “Party chief”, 市委书记.",
                        max_length=160,
                        null=True,
                        verbose_name="title",
                    ),
                ),
                (
                    "since",
                    models.CharField(
                        blank=True,
                        help_text="1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="since",
                    ),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True,
                        help_text="1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="until",
                    ),
                ),
                (
                    "as_of",
                    models.CharField(
                        blank=True,
                        help_text="Where only this is known: the day, month or year on which the person held the office.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="as of",
                    ),
                ),
                (
                    "person",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offices",
                        to="archive.entity",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "place"},
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="office_holders",
                        to="archive.entity",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "office",
                "verbose_name_plural": "offices",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PictureGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("caption", "Caption"),
                            ("alt_text", "Alt text"),
                            ("credit", "Credit"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicationPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                *in_each("name", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                *in_each(
                    "intro", models.TextField(blank=True, null=True, verbose_name="introduction")
                ),
                ("is_unfiled", models.BooleanField(default=False, editable=False)),
                (
                    "rights_statement",
                    models.CharField(
                        blank=True,
                        choices=archive.stories.rights.rights_statements,
                        help_text="What readers may do with its stories, unless a story says something else.",
                        max_length=12,
                        verbose_name="rights statement",
                    ),
                ),
                (
                    "first_issue",
                    models.DateField(
                        blank=True,
                        help_text="When the first issue was printed. Earlier print dates are asked about.",
                        null=True,
                        verbose_name="first issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_unfiled", True)),
                        fields=("is_unfiled",),
                        name="archive_one_unfiled_publication",
                    )
                ],
            },
            bases=(PAGE,),
        ),
        migrations.AddField(
            model_name="articlepage",
            name="publication",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="archive.publicationpage",
                verbose_name="publication",
            ),
        ),
        migrations.CreateModel(
            name="RelatedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_links",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_from",
                        to="archive.articlepage",
                        verbose_name="story",
                    ),
                ),
            ],
            options={
                "verbose_name": "related story",
                "verbose_name_plural": "related stories",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.TextField(editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SearchBits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("bits", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "language", "level"), name="archive_one_row_of_bits"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_index=True, max_length=200)),
                ("text", models.CharField(blank=True, max_length=200)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(choices=list(LABELS.items()), max_length=10),
                ),
                ("print_date", models.DateField(null=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("print_page", models.CharField(blank=True, max_length=12)),
                ("has_picture", models.BooleanField(default=False)),
                ("digest", models.CharField(max_length=32)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.publicationpage",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.sectionpage",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="articlepage",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="archive.sectionpage",
                verbose_name="section",
            ),
        ),
        migrations.CreateModel(
            name="StoryPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("confidence", models.FloatField(default=0, verbose_name="confidence")),
                ("reasons", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To decide"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.journalentry",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                        verbose_name="story",
                    ),
                ),
                (
                    "two",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                        verbose_name="other story",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair of stories",
                "verbose_name_plural": "pairs of stories",
                "ordering": ["-confidence", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TextFingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("kind", models.PositiveSmallIntegerField(default=0)),
                ("revision", models.BigIntegerField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=archive.ties.models.tie_kinds, max_length=30, verbose_name="kind"
                    ),
                ),
                (
                    "since",
                    models.CharField(
                        blank=True,
                        help_text="1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="since",
                    ),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True,
                        help_text="1980, 1980-01 or 1980-01-28.",
                        max_length=10,
                        validators=[archive.text.dates.validate_partial],
                        verbose_name="until",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("ended", "Ended"),
                            ("planned", "Planned"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        help_text="Only what a source says; otherwise “Not known”.",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                *in_each(
                    "description",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium")],
                        help_text="High: stated plainly by a party to the tie, an official page or a report.",
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                ("source_digests", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged_ties",
                        to="archive.tie",
                    ),
                ),
                (
                    "place_a",
                    models.ForeignKey(
                        limit_choices_to={"kind": "place"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_as_a",
                        to="archive.entity",
                        verbose_name="first place",
                    ),
                ),
                (
                    "place_b",
                    models.ForeignKey(
                        limit_choices_to={"kind": "place"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_as_b",
                        to="archive.entity",
                        verbose_name="second place",
                    ),
                ),
            ],
            options={
                "verbose_name": "tie",
                "verbose_name_plural": "ties",
                "ordering": ["kind", "since", "pk"],
                "default_manager_name": "with_merged",
            },
            managers=[("with_merged", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="TieEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "sentence",
                    models.TextField(
                        help_text="What the source says, in one sentence of our own.",
                        verbose_name="sentence",
                    ),
                ),
                *in_each(
                    "sentence",
                    models.TextField(
                        help_text="What the source says, in one sentence of our own.",
                        null=True,
                        verbose_name="sentence",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="source")),
                (
                    "block_id",
                    models.CharField(
                        blank=True,
                        help_text="The id of the story's paragraph that says so.",
                        max_length=40,
                        verbose_name="paragraph",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tie_evidence",
                        to="archive.articlepage",
                        verbose_name="story",
                    ),
                ),
                (
                    "tie",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="archive.tie",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DescriptionTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=64)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.entity",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["term", "entity"], name="archive_description_term")],
            },
        ),
        migrations.CreateModel(
            name="EvidenceTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=64)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.tieevidence",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["term", "evidence"], name="archive_evidence_term")],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                (
                    "locked",
                    models.BooleanField(default=False, editable=False, verbose_name="locked"),
                ),
                (
                    "locked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="locked at"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=list(LABELS.items()),
                        editable=False,
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "stale_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="segments whose source changed"
                    ),
                ),
                (
                    "segment_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="segments"),
                ),
                (
                    "draft_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="segments that nobody has confirmed"
                    ),
                ),
                (
                    "done_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="segments confirmed or left out"
                    ),
                ),
                (
                    "reviewed_count",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        verbose_name="segments that a second person reviewed",
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Normal"), (1, "High"), (2, "Urgent")],
                        default=0,
                        editable=False,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "due_date",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="due date"
                    ),
                ),
                (
                    "correction_since",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="correction missing since"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("in_review", "In review"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("source_changed", "Source changed"),
                        ],
                        default="not_started",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "source_size",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="length of the source"
                    ),
                ),
                (
                    "reads",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="reads"),
                ),
                (
                    "related_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="related stories"
                    ),
                ),
                (
                    "related_done_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="related stories in both languages"
                    ),
                ),
                (
                    "import_key",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=255),
                ),
                (
                    "import_digest",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                ("printed", models.JSONField(blank=True, default=dict, editable=False)),
                ("rank", models.BigIntegerField(default=0, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="archive.articlepage",
                        verbose_name="story",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation",
                "verbose_name_plural": "translations",
                "permissions": [
                    (column("translate_into", code), f"Can translate into {label}")
                    for code, label in LABELS.items()
                ],
            },
            bases=(
                archive.stories.publish_guard.PublishGuardMixin,
                archive.stories.reviews.ReviewedMixin,
                wagtail.models.preview.PreviewableMixin,
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="SegmentComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("text", models.TextField(verbose_name="comment")),
                ("signed_by", models.CharField(blank=True, max_length=255)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="archive.segmentcomment",
                        verbose_name="reply to",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="archive.translation",
                        verbose_name="translation",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a segment",
                "verbose_name_plural": "comments on segments",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("key", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                (
                    "markup",
                    models.CharField(
                        choices=[("plain", "plain"), ("rich", "rich")],
                        default="plain",
                        max_length=5,
                    ),
                ),
                ("target", models.TextField(blank=True)),
                ("source_text", models.TextField(blank=True)),
                (
                    "former",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                    ),
                ),
                ("source_digest", models.CharField(blank=True, db_index=True, max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("empty", "Empty"),
                            ("draft", "Draft"),
                            ("confirmed", "Confirmed"),
                            ("reviewed", "Reviewed"),
                        ],
                        default="empty",
                        max_length=12,
                    ),
                ),
                ("left_out", models.BooleanField(default=False)),
                ("joined", models.BooleanField(default=False)),
                ("joined_to", models.CharField(blank=True, max_length=200)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("human", "Translator"),
                            ("memory", "Translation memory"),
                            ("sentences", "Put together from sentences"),
                            ("ahead", "Pretranslated"),
                            ("repetition", "Repetition"),
                            ("machine", "Machine"),
                            ("file", "File"),
                            ("aligned", "Aligned text"),
                        ],
                        default="human",
                        max_length=10,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "suggested",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("human", "Translator"),
                            ("memory", "Translation memory"),
                            ("sentences", "Put together from sentences"),
                            ("ahead", "Pretranslated"),
                            ("repetition", "Repetition"),
                            ("machine", "Machine"),
                            ("file", "File"),
                            ("aligned", "Aligned text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_doubtful", models.BooleanField(default=False)),
                ("doubts", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("translated_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="segments",
                        to="archive.translation",
                    ),
                ),
            ],
            options={
                "verbose_name": "segment",
                "verbose_name_plural": "segments",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned to you"),
                            ("due", "Due"),
                            ("comment", "Comment"),
                            ("reply", "Reply"),
                            ("mention", "You are mentioned"),
                            ("returned", "Sent back"),
                            ("approved", "Approved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("is_mailed", models.BooleanField(default=False)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.translation",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CheckWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("check_id", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=32)),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="archive.translation",
                        verbose_name="translation",
                    ),
                ),
            ],
            options={"verbose_name": "waived finding", "verbose_name_plural": "waived findings"},
        ),
        migrations.CreateModel(
            name="ArchiveRendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                (
                    "focal_point_key",
                    models.CharField(blank=True, default="", editable=False, max_length=16),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="archive.archiveimage",
                    ),
                ),
            ],
            options={
                "verbose_name": "rendition",
                "verbose_name_plural": "renditions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("image", "filter_spec", "focal_point_key"),
                        name="archive_unique_rendition",
                    )
                ],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="HarvestRecord",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="archive.articlepage",
                    ),
                ),
                ("datestamp", models.DateTimeField()),
                ("is_deleted", models.BooleanField(default=False)),
                ("publication_id", models.BigIntegerField(null=True)),
                ("section_id", models.BigIntegerField(null=True)),
                ("former_path", models.TextField(db_index=True, default="")),
                *in_each("since", models.DateTimeField(null=True)),
                *in_each("changed", models.DateTimeField(null=True)),
                *in_each("withdrawn", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["datestamp", "article"], name="archive_harvest_order"),
                    models.Index(
                        fields=["publication_id", "datestamp", "article"],
                        name="archive_harvest_publication",
                    ),
                    models.Index(
                        fields=["section_id", "datestamp", "article"],
                        name="archive_harvest_section",
                    ),
                    *(
                        models.Index(
                            fields=[f"-{name}", "article"], name=f"archive_harvest_{name[:8]}"
                        )
                        for name in columns("since")
                    ),
                    *(
                        models.Index(
                            fields=["publication_id", f"-{name}", "article"],
                            name=f"archive_harvest_pub_{name[:8]}",
                        )
                        for name in columns("since")
                    ),
                    *(
                        models.Index(
                            fields=["section_id", f"-{name}", "article"],
                            name=f"archive_harvest_sec_{name[:8]}",
                        )
                        for name in columns("since")
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="DraftHint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=24)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.articlepage",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["key", "article"],
                        name="archive_draft_hint",
                        opclasses=["varchar_pattern_ops", "int4_ops"],
                    )
                ]
            },
        ),
        *(
            migrations.AddIndex(
                model_name="entity",
                index=models.Index(
                    fields=["kind", column("sort_key", code)],
                    name=column("archive_entity_order", SHORT_CODES[code]),
                ),
            )
            for code in LANGUAGES
        ),
        migrations.AddConstraint(
            model_name="entity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="archive_entity_not_merged_into_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="double",
            index=models.Index(fields=["dismissed_at", "-score"], name="archive_doubles_by_score"),
        ),
        migrations.AddConstraint(
            model_name="double",
            constraint=models.UniqueConstraint(
                fields=("one", "two"), name="archive_one_row_per_double"
            ),
        ),
        migrations.AddConstraint(
            model_name="double",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("two"))), name="archive_double_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="articleentity",
            constraint=models.UniqueConstraint(
                fields=("page", "entity"), name="archive_one_tag_per_entity"
            ),
        ),
        migrations.AddConstraint(
            model_name="entityname",
            constraint=models.UniqueConstraint(
                fields=("entity", "language", "text"),
                name="archive_one_row_per_name",
                violation_error_message="This form is listed twice.",
            ),
        ),
        migrations.AddIndex(
            model_name="memoryunit",
            index=models.Index(fields=columns("digest"), name="archive_memory_by_english"),
        ),
        migrations.AddIndex(
            model_name="memoryunit",
            index=models.Index(fields=columns("digest")[::-1], name="archive_memory_by_chinese"),
        ),
        migrations.AddIndex(
            model_name="namehint",
            index=models.Index(
                fields=["key", "weight"],
                name="archive_name_hint",
                opclasses=["varchar_pattern_ops", "int4_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="nameslip",
            index=models.Index(fields=["slip", "entity"], name="archive_name_slip"),
        ),
        migrations.AddIndex(
            model_name="picturegap",
            index=models.Index(fields=["kind", "article"], name="archive_picture_gap"),
        ),
        migrations.AddConstraint(
            model_name="picturegap",
            constraint=models.UniqueConstraint(
                fields=("article", "kind"), name="archive_one_gap_per_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedarticle",
            constraint=models.UniqueConstraint(
                fields=("page", "related"), name="archive_one_link_per_story"
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("page", models.F("related")), _negated=True),
                name="archive_not_related_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("user", "name"), name="archive_one_view_of_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="searchname",
            constraint=models.UniqueConstraint(
                fields=("entity", "key"), name="archive_one_key_per_entity"
            ),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["-print_date", "article"], name="archive_document_by_date"),
        ),
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.UniqueConstraint(
                fields=("article", "language"), name="archive_one_document_per_language"
            ),
        ),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(fields=["-print_date", "print_page"], name="archive_by_print_date"),
        ),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(
                fields=["publication", "-print_date", "print_page"], name="archive_by_publication"
            ),
        ),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(
                fields=["section", "-print_date", "print_page"], name="archive_by_section_page"
            ),
        ),
        migrations.AddIndex(
            model_name="storypair",
            index=models.Index(fields=["state", "-confidence"], name="archive_pairs_by_state"),
        ),
        migrations.AddConstraint(
            model_name="storypair",
            constraint=models.UniqueConstraint(
                fields=("one", "two"), name="archive_one_row_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="storypair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept__isnull", False), ("state", "confirmed")),
                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("kept", None)),
                    _connector="OR",
                ),
                name="archive_pair_keeps_one",
            ),
        ),
        migrations.AddIndex(
            model_name="textfingerprint",
            index=models.Index(fields=["number"], name="archive_text_fingerprints"),
        ),
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(fields=["kind", "since"], name="archive_tie_kind_since"),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(
                condition=models.Q(("place_a", models.F("place_b")), _negated=True),
                name="archive_tie_not_to_itself",
                violation_error_code="tie_to_itself",
                violation_error_message="A place can't be tied to itself: choose another.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.UniqueConstraint(
                fields=("place_a", "place_b", "kind"),
                name="archive_one_tie_per_pair_and_kind",
                violation_error_message="These two places already have a tie of this kind: open that one and add your evidence there.",
            ),
        ),
        migrations.AddIndex(
            model_name="translation",
            index=models.Index(fields=["-rank"], name="archive_queue_by_rank"),
        ),
        migrations.AddIndex(
            model_name="translation",
            index=models.Index(fields=["state", "-rank"], name="archive_queue_by_state"),
        ),
        migrations.AddConstraint(
            model_name="translation",
            constraint=models.UniqueConstraint(
                fields=("article", "language"), name="archive_one_translation_per_language"
            ),
        ),
        migrations.AddIndex(
            model_name="segmentcomment",
            index=models.Index(fields=["translation", "key"], name="archive_comment_by_segment"),
        ),
        migrations.AddIndex(
            model_name="segment",
            index=models.Index(fields=["translated_at"], name="archive_segment_translated"),
        ),
        migrations.AddIndex(
            model_name="segment",
            index=models.Index(fields=["reviewed_at"], name="archive_segment_reviewed"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "seen_at"], name="archive_notice_unseen"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["is_mailed"], name="archive_notice_to_mail"),
        ),
        migrations.AddConstraint(
            model_name="checkwaiver",
            constraint=models.UniqueConstraint(
                fields=("translation", "key", "check_id", "digest"),
                name="archive_one_waiver_per_finding",
            ),
        ),
        migrations.RunPython(keep_in_order_of_key, migrations.RunPython.noop),
        CreateTextTables(),
    ]
