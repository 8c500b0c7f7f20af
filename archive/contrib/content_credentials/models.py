"""What was found in each picture's original."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string


class PictureCredentials(models.Model):
    """The Content Credentials of a picture's original, as they were when its file was new.

    `file_name` is the file that was looked at; `problems` are the standard's codes.
    """

    class State(models.TextChoices):
        UNSIGNED = "unsigned", _("No Content Credentials")
        TRUSTED = "trusted", _("Valid, by a trusted signer")
        VALID = "valid", _("Valid, by a signer who isn't trusted")
        INVALID = "invalid", _("Invalid")

    wagtail_reference_index_ignore = True

    image = models.OneToOneField(
        get_image_model_string(),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="content_credentials",
    )
    file_name = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices)
    signer = models.TextField(blank=True)
    issuer = models.TextField(blank=True)
    generator = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    problems = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.image_id}: {self.state}"

    @property
    def signed_by(self) -> str:
        """Who signed, and for whom: "Li Ming, China Daily"; "" where nobody is named."""
        return ", ".join(dict.fromkeys(filter(None, (self.signer, self.issuer))))

    def words(self) -> str:
        """What readers are told, in the active language; "" of a picture that nobody signed."""
        if self.state == self.State.UNSIGNED:
            return ""
        signer = self.signed_by or gettext("an unnamed signer")
        return str(_WORDS[self.State(self.state)]) % {"signer": signer}


_WORDS = {
    PictureCredentials.State.TRUSTED: _(
        "Content Credentials: signed by %(signer)s; valid, and the signer is trusted"
    ),
    PictureCredentials.State.VALID: _(
        "Content Credentials: signed by %(signer)s; valid, but the signer isn't trusted"
    ),
    PictureCredentials.State.INVALID: _("Content Credentials: signed by %(signer)s; invalid"),
}
