"""The desk's tables."""

from archive.desk.models.memory import MemoryFingerprint, MemoryUnit
from archive.desk.models.notice import DeskSetting, Notice, NoticeSetting
from archive.desk.models.pair import StoryPair
from archive.desk.models.segment import CheckWaiver, Segment, SegmentComment
from archive.desk.models.translation import Translation, Urgency
