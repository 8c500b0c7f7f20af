"""What harvesters, crawlers and feed readers are told of each story, kept beside the stories."""

from django.db import models

from archive.text.language import columns


class HarvestRecord(models.Model):
    """A story that readers may see, or one that they could see once (`is_deleted`).

    `datestamp` moves with every change of what is published, in whole seconds as OAI-PMH counts
    them. For each language, `since_…` is when its readers got the story, and `changed_…` when
    its text was last published; null where it isn't published in that language. `withdrawn_…` is
    when readers lost it, where they have the story, but no longer in that language.
    """

    wagtail_reference_index_ignore = True

    # The row outlives its story, so that harvesters hear of the deletion.
    article = models.OneToOneField(
        "archive.ArticlePage",
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )
    datestamp = models.DateTimeField()
    is_deleted = models.BooleanField(default=False)
    publication_id = models.BigIntegerField(null=True)
    section_id = models.BigIntegerField(null=True)
    # Of a story that is gone for good, its `url_path`: what stands at its address says so. "" for
    # one that wasn't for everybody.
    former_path = models.TextField(default="", db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["datestamp", "article"], name="archive_harvest_order"),
            models.Index(
                fields=["publication_id", "datestamp", "article"],
                name="archive_harvest_publication",
            ),
            models.Index(
                fields=["section_id", "datestamp", "article"], name="archive_harvest_section"
            ),
            *(
                models.Index(fields=[f"-{name}", "article"], name=f"archive_harvest_{name[:8]}")
                for name in columns("since")
            ),
            *(
                models.Index(
                    fields=[f"{part}_id", f"-{name}", "article"],
                    name=f"archive_harvest_{part[:3]}_{name[:8]}",
                )
                for part in ("publication", "section")
                for name in columns("since")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.datestamp:%Y-%m-%dT%H:%M:%SZ}"


for _name in columns("since", "changed", "withdrawn"):
    HarvestRecord.add_to_class(_name, models.DateTimeField(null=True))
