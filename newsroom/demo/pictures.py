"""Draws the demo's placeholder pictures: plain shapes that don't pretend to be photographs."""

import io
import math
from collections.abc import Callable

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from archive.models import ArchiveImage
from archive.text.language import LANGUAGES, column
from newsroom.demo.stories import DemoPicture

WIDTH, HEIGHT = 1600, 1000
HORIZON = 620
INK, PAPER, SEA, HILL, SUN = "#233142", "#efe9dd", "#8fb3c4", "#7d8f82", "#d98f54"

Draw = ImageDraw.ImageDraw


def draw_placeholder(motif: str) -> bytes:
    """A JPEG of 1600 × 1000 pixels; an unknown motif draws the bare coast."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((1180, 120, 1340, 280), fill=SUN)
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=SEA)
    _waves(draw)
    MOTIFS.get(motif, _hills)(draw)
    font = ImageFont.load_default(size=34)
    draw.rectangle((0, HEIGHT - 64, WIDTH, HEIGHT), fill=INK)
    # In the middle, where the crops of lists and cards leave it.
    words = "PLACEHOLDER DRAWING - NOT A PHOTOGRAPH"
    draw.text((WIDTH // 2, HEIGHT - 32), words, fill=PAPER, font=font, anchor="mm")
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=88, optimize=True)
    return output.getvalue()


def make_image(name: str, picture: DemoPicture) -> ArchiveImage:
    """Store the drawing as an image of the archive with its texts, credit and rights."""
    image = ArchiveImage(
        title=f"Placeholder: {name}",
        rights="CC0 1.0",
        creator="newsroom.demo",
        source="Drawn by the demo",
        credit="Drawing: newsroom demo",
    )
    for language in LANGUAGES:
        setattr(image, column("alt_text", language), picture.alt.get(language, ""))
        setattr(image, column("caption", language), picture.alt.get(language, ""))
    image.file.save(f"{name}.jpg", ContentFile(draw_placeholder(picture.motif)), save=False)
    image.width, image.height = WIDTH, HEIGHT
    image.save()
    return image


def _waves(draw: Draw) -> None:
    for row in range(8):
        y = HORIZON + 36 + row * 40
        points = [(x, y + 5 * math.sin(x / 48 + row)) for x in range(0, WIDTH + 20, 20)]
        draw.line(points, fill="#7aa0b2", width=3)


def _hills(draw: Draw) -> None:
    for left, top, right in ((-200, 430, 700), (300, 500, 1150), (900, 460, 1900)):
        draw.polygon([(left, HORIZON), ((left + right) // 2, top), (right, HORIZON)], fill=HILL)


def _harbour(draw: Draw) -> None:
    _hills(draw)
    for x in (260, 560, 860):
        draw.rectangle((x, 300, x + 26, HORIZON), fill=INK)
        draw.rectangle((x - 110, 300, x + 200, 322), fill=INK)
        draw.line((x + 13, 250, x + 190, 310), fill=INK, width=6)
        draw.line((x + 150, 322, x + 150, 430), fill=INK, width=4)
    draw.rectangle((160, HORIZON - 24, 1120, HORIZON), fill=INK)


def _ship(draw: Draw) -> None:
    draw.polygon([(300, 560), (1360, 560), (1280, 700), (380, 700)], fill=INK)
    colours = (SUN, HILL, "#a95d4a", "#c9b26b")
    for column_number in range(9):
        for row in range(3):
            x, y = 420 + column_number * 84, 500 - row * 56
            draw.rectangle((x, y, x + 76, y + 50), fill=colours[(column_number + row) % 4])
    draw.rectangle((1190, 380, 1300, 560), fill="#c8c2b4")


def _skyline(draw: Draw) -> None:
    for number, height in enumerate((180, 300, 240, 420, 340, 500, 260, 380, 220, 320)):
        x = 140 + number * 132
        draw.rectangle((x, HORIZON - height, x + 108, HORIZON), fill=INK if number % 2 else HILL)


def _bridge(draw: Draw) -> None:
    draw.rectangle((0, 560, WIDTH, 584), fill=INK)
    for x in (420, 1150):
        draw.rectangle((x, 240, x + 30, 700), fill=INK)
    for left, right in ((-300, 435), (435, 1165), (1165, 1900)):
        span = right - left
        points = [
            (left + step * span / 40, 250 + 300 * (1 - abs(step / 20 - 1) ** 2))
            for step in range(41)
        ]
        draw.line(points, fill=INK, width=6)


def _pavilion(draw: Draw) -> None:
    _hills(draw)
    for top, half in ((300, 260), (420, 340)):
        roof = [(800 - half, top + 70), (800 - half // 3, top), (800 + half // 3, top)]
        draw.polygon([*roof, (800 + half, top + 70)], fill=INK)
    for x in (600, 720, 860, 980):
        draw.rectangle((x, 480, x + 20, HORIZON), fill="#a95d4a")


def _globe(draw: Draw) -> None:
    box = (520, 180, 1080, 740)
    draw.ellipse(box, fill=PAPER, outline=INK, width=6)
    for inset in (90, 190):
        draw.ellipse((520 + inset, 180, 1080 - inset, 740), outline=INK, width=3)
    for y in (320, 460, 600):
        half = int(math.sqrt(max(280**2 - (y - 460) ** 2, 0)))
        draw.line((800 - half, y, 800 + half, y), fill=SUN if y == 320 else INK, width=3)


def _map(draw: Draw) -> None:
    for left, colour in ((120, HILL), (960, SUN)):
        draw.rounded_rectangle((left, 200, left + 520, 580), 120, fill=colour)
    draw.arc((360, 120, 1240, 700), 200, 340, fill=INK, width=6)
    for x, y in ((388, 310), (1212, 310)):
        draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=INK)


def _river(draw: Draw) -> None:
    _hills(draw)
    draw.polygon([(700, HORIZON), (860, HORIZON), (1500, HEIGHT), (200, HEIGHT)], fill="#a9c6d3")
    draw.line((300, 560, 1300, 560), fill=INK, width=14)


MOTIFS: dict[str, Callable[[Draw], None]] = {
    "harbour": _harbour,
    "container-ship": _ship,
    "skyline": _skyline,
    "bridge": _bridge,
    "pavilion": _pavilion,
    "globe": _globe,
    "map": _map,
    "river": _river,
}
