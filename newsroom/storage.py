"""Pictures and files in a bucket (S3 and what speaks its protocol): `MEDIA_STORAGE`; those of
imports: `INTAKE_STORAGE`."""

from urllib.parse import urljoin

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """Files have the site's own addresses, below MEDIA_URL: the proxy in front serves them out of
    the bucket. So readers' browsers ask nobody else, and no address expires in a cached page.
    """

    default_acl = None
    file_overwrite = False
    # Nobody's page waits a minute, as boto would, for a store that is gone.
    client_config = Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 2})

    def url(self, name: str, *args: object, **options: object) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))


class PrivateBucketStorage(BucketStorage):
    """Files that no address leads to."""

    def url(self, name: str, *args: object, **options: object) -> str:
        raise ValueError("This file is for nobody outside.")
