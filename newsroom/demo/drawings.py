"""The demo's drawings: prints in three colours, as if cut in linoleum; the same in every run.

A scene is cut into three plates, of a grey tint, of red and of ink, which are printed on paper in
that order. What is cut away shows what lies below. Sizes are in a picture of 1600 × 900.
The module is long by its outlines; each scene stands for itself.
"""

import io
import itertools
import math
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
PAPER = (244, 239, 228)
INKS = {"tint": (168, 182, 184), "red": (176, 64, 46), "ink": (27, 39, 52)}
HORIZON = 560

Point = tuple[float, float]


class Print:
    """Three plates; shapes are put on them, or cut out of them."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311 A drawing is no secret.
        self.plates = {name: Image.new("L", (WIDTH, HEIGHT)) for name in INKS}

    def shape(self, plate: str, points: Sequence[Point], cut: bool = False) -> None:
        """A filled shape; one that isn't cut takes its place on the plates printed over it."""
        names = list(INKS)
        for other in [] if cut else names[names.index(plate) + 1 :]:
            ImageDraw.Draw(self.plates[other]).polygon(points, fill=0)
        ImageDraw.Draw(self.plates[plate]).polygon(points, fill=0 if cut else 255)

    def box(self, plate: str, x: float, y: float, w: float, h: float, cut: bool = False) -> None:
        self.shape(plate, [(x, y), (x + w, y), (x + w, y + h), (x, y + h)], cut)

    def disc(self, plate: str, x: float, y: float, radius: float) -> None:
        turns = [math.tau * turn / 90 for turn in range(90)]
        self.shape(plate, [(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns])

    def line(self, plate: str, *points: Point, width: float = 5, cut: bool = False) -> None:
        pen = ImageDraw.Draw(self.plates[plate])
        pen.line(list(points), fill=0 if cut else 255, width=round(width), joint="curve")

    def stroke(
        self, plate: str, at: Point, length: float, width: float, slope: float = 0, cut: bool = True
    ) -> None:
        """What one push of a gouge takes away: pointed at both ends."""
        x, y = at
        dx, dy = math.cos(slope) * length / 2, math.sin(slope) * length / 2
        nx, ny = -math.sin(slope) * width / 2, math.cos(slope) * width / 2
        ends = [
            (x - dx, y - dy),
            (x - dx / 3 + nx, y - dy / 3 + ny),
            (x + dx / 2 + nx, y + dy / 2 + ny),
        ]
        ends += [
            (x + dx, y + dy),
            (x + dx / 2 - nx, y + dy / 2 - ny),
            (x - dx / 3 - nx, y - dy / 3 - ny),
        ]
        self.shape(plate, ends, cut=cut) if cut else self._lay(plate, ends)

    def _lay(self, plate: str, points: Sequence[Point]) -> None:
        ImageDraw.Draw(self.plates[plate]).polygon(points, fill=255)

    def water(self, top: float = HORIZON, bottom: float = HEIGHT, plate: str = "ink") -> None:
        """A sheet of water, with strokes that grow towards whoever looks."""
        self.box(plate, 0, top, WIDTH, bottom - top)
        y = top + 7
        while y < bottom:
            near = (y - top) / (HEIGHT - top)
            gap, x = 40 + 190 * near, self.random.uniform(-80, 0)
            while x < WIDTH + 100:
                length = gap * self.random.uniform(0.35, 0.95)
                self.stroke(plate, (x, y + self.random.uniform(-3, 3)), length, 2 + 6 * near)
                x += gap * self.random.uniform(0.75, 1.35)
            y += 9 + 22 * near

    def sky(self, top: float = 0, bottom: float = HORIZON, plate: str = "tint") -> None:
        """Streaks of cloud: many above, few near the horizon."""
        y = top + 14.0
        while y < bottom - 60:
            low = (y - top) / (bottom - top)
            x = self.random.uniform(-200, 0)
            while x < WIDTH + 200:
                length = self.random.uniform(120, 420) * (1 - 0.4 * low)
                if self.random.random() > low * 0.9:
                    self.stroke(plate, (x, y), length, 9 * (1 - low) + 2, cut=False)
                x += length * self.random.uniform(0.9, 1.8)
            y += 20 + 8 * low

    def hill(
        self, plate: str, points: Sequence[Point], strokes: int = 60, slope: float = 0.5
    ) -> None:
        """Land in outline, its far side lit by strokes."""
        self.shape(plate, points)
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        for _ in range(strokes):
            at = self.random.uniform(left, right), self.random.uniform(top + 18, bottom)
            self.stroke(plate, at, self.random.uniform(16, 46), 4, slope)

    def clear(self, points: Sequence[Point]) -> None:
        """Nothing but the paper."""
        for plate in INKS:
            self.shape(plate, points, cut=True)

    def ground(self, points: Sequence[Point], strokes: int, slope: float) -> None:
        """Bright land: the paper, with a few strokes of ink."""
        self.clear(points)
        self.line("ink", *points, width=6)
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        for _ in range(strokes):
            x, low = self.random.uniform(left, right), self.random.random() ** 0.7
            top = _height(points, x)
            y = top + 14 + low * (HEIGHT - top)
            self.stroke("ink", (x, y), 24 + 60 * low, 3 + 4 * low, slope, cut=False)

    def picture(self) -> Image.Image:
        """The plates printed: edges a little uneven, the ink not quite everywhere."""
        sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        for (name, colour), shift in zip(INKS.items(), (2, -1, 0), strict=True):
            grain = self._noise(1.1)
            soft = self.plates[name].filter(ImageFilter.GaussianBlur(1.7))
            edge = ImageChops.add(soft, self._noise(2.2), 1, -128)
            edge = edge.point([max(0, min(255, (value - 118) * 9)) for value in range(256)])
            specks = grain.point([255 if value > 96 else 120 for value in range(256)])
            plate = ImageChops.offset(ImageChops.multiply(edge, specks), shift, shift // 2)
            sheet.paste(colour, mask=plate)
        return sheet

    def _noise(self, blur: float) -> Image.Image:
        raw = Image.frombytes("L", (WIDTH, HEIGHT), self.random.randbytes(WIDTH * HEIGHT))
        return raw.filter(ImageFilter.GaussianBlur(blur))


def draw(name: str) -> bytes:
    """A scene of SCENES as a PNG; KeyError for another name."""
    sheet = Print(name)
    SCENES[name](sheet)
    out = io.BytesIO()
    sheet.picture().quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _harbour(p: Print) -> None:
    """A ship at a quay under its cranes, and a lighthouse."""
    p.sky()
    p.disc("red", 420, 250, 105)
    p.hill(
        "tint",
        [(0, HORIZON), (0, 505), (130, 470), (300, 512), (470, 480), (720, 545), (800, HORIZON)],
        36,
    )
    p.water()
    _lighthouse(p, 150, HORIZON - 62, 1)
    p.box("ink", 900, HORIZON + 8, 700, 60)
    for post in range(930, 1600, 60):
        p.box("ink", post, HORIZON + 72, 14, 44)
        p.line("ink", (post - 6, HORIZON + 84), (post - 6, HORIZON + 112), width=4, cut=True)
    _ship(p, 230, HORIZON + 100, 1.25)
    for x, scale in ((1440, 0.86), (1235, 0.94), (1010, 1.05)):
        _crane(p, x, HORIZON + 12, scale)


def _bridge_harbour(p: Print) -> None:
    """A ship comes in below a bridge hung from two towers."""
    p.sky()
    p.disc("red", 1180, 300, 95)
    p.hill(
        "tint", [(0, HORIZON), (0, 520), (240, 500), (520, 532), (1600, 500), (1600, HORIZON)], 40
    )
    p.water()
    deck = HORIZON - 150
    for tower in (430, 1150):
        p.shape(
            "ink",
            [
                (tower - 26, HORIZON + 20),
                (tower - 7, 110),
                (tower + 7, 110),
                (tower + 26, HORIZON + 20),
            ],
        )
        p.line("ink", (tower, 150), (tower, HORIZON), width=5, cut=True)
        for far in range(40, 361, 32):
            high = 118 + far * 0.28
            p.line("ink", (tower, high), (tower - far, deck), width=3)
            p.line("ink", (tower, high), (tower + far, deck), width=3)
    p.shape(
        "ink",
        [
            (0, deck + 34),
            (430, deck),
            (1150, deck),
            (1600, deck + 34),
            (1600, deck + 52),
            (1150, deck + 17),
            (430, deck + 17),
            (0, deck + 52),
        ],
    )
    for pier in (110, 230, 1360, 1490):
        p.box("ink", pier, deck + 30, 16, HORIZON - deck - 20)
    _ship(p, 520, HORIZON + 76, 0.98)


def _lake_city(p: Print) -> None:
    """Towers by a lake, and a sail."""
    p.sky()
    p.disc("red", 300, 300, 120)
    for x, w, h in (
        (60, 90, 120),
        (170, 70, 180),
        (470, 80, 170),
        (980, 90, 220),
        (1240, 80, 160),
        (1340, 120, 110),
        (1480, 90, 190),
    ):
        p.box("tint", x, HORIZON - h, w, h)
    p.box("ink", 640, 190, 118, 370)
    p.box("ink", 664, 130, 70, 70)
    p.line("ink", (682, 132), (682, 40), width=7)
    p.line("ink", (716, 132), (716, 58), width=7)
    p.shape("ink", [(1086, HORIZON), (1108, 150), (1172, 150), (1194, HORIZON)])
    p.line("ink", (1124, 152), (1124, 62), width=6)
    p.line("ink", (1156, 152), (1156, 62), width=6)
    for step in range(6):
        y = 205 + step * 60
        p.line("ink", (1100, y), (1180, y + 60), width=4, cut=True)
        p.line("ink", (1180, y), (1100, y + 60), width=4, cut=True)
    for x, w, h in (
        (500, 84, 250),
        (780, 76, 300),
        (872, 96, 210),
        (560, 66, 330),
        (1212, 74, 250),
        (1300, 92, 200),
        (400, 86, 180),
        (1408, 64, 260),
        (940, 60, 270),
    ):
        p.box("ink", x, HORIZON - h, w, h)
        for row in range(int(h / 22) - 1):
            for column in range(int(w / 20) - 1):
                if p.random.random() > 0.32:
                    p.box("ink", x + 12 + column * 20, HORIZON - h + 16 + row * 22, 8, 11, cut=True)
    for row in range(15):
        p.line("ink", (652, 214 + row * 22), (746, 214 + row * 22), width=4, cut=True)
    p.water()
    _sail(p, 330, HORIZON + 150, 1.2)
    _sail(p, 1290, HORIZON + 70, 0.6)


def _river_towns(p: Print) -> None:
    """Fields and a barn on one bank, a pagoda on the other."""
    p.sky()
    p.disc("red", 800, 270, 110)
    p.hill(
        "tint",
        [
            (0, 600),
            (0, 500),
            (260, 462),
            (560, 520),
            (820, 545),
            (1080, 512),
            (1380, 455),
            (1600, 498),
            (1600, 600),
        ],
        70,
        -0.25,
    )
    p.water(HORIZON)
    left: list[Point] = [(0, HORIZON - 26), (420, HORIZON - 8), (560, HORIZON + 20), (600, HEIGHT)]
    p.ground([*left, (0, HEIGHT)], 0, 0)
    for row in range(19):
        p.line("ink", (row * 31 - 20, HORIZON + 10), (row * 100 - 1150, HEIGHT), width=12)
    right: list[Point] = [
        (1010, HEIGHT),
        (1060, HORIZON + 22),
        (1180, HORIZON - 4),
        (1600, HORIZON - 18),
    ]
    p.ground([*right, (1600, HEIGHT)], 120, -0.12)
    p.shape(
        "red",
        [
            (110, HORIZON - 12),
            (110, 448),
            (150, 396),
            (225, 372),
            (300, 396),
            (340, 448),
            (340, HORIZON - 4),
        ],
    )
    p.shape(
        "ink",
        [
            (98, 452),
            (146, 390),
            (225, 362),
            (304, 390),
            (352, 452),
            (336, 452),
            (296, 404),
            (225, 380),
            (154, 404),
            (114, 452),
        ],
    )
    p.box("ink", 196, 478, 58, 78)
    p.line("ink", (196, 478), (254, 556), width=5, cut=True)
    p.line("ink", (254, 478), (196, 556), width=5, cut=True)
    p.box("ink", 362, 372, 52, 184)
    p.disc("ink", 388, 372, 26)
    for y in range(396, 540, 22):
        p.line("ink", (368, y), (408, y), width=4, cut=True)
    _pagoda(p, 1370, HORIZON - 8)
    _steamer(p, 690, HORIZON + 120)


def _desert_and_island(p: Print) -> None:
    """Cactus and mesa on the left; palm, crater and sea on the right; bamboo between."""
    p.sky()
    p.disc("red", 330, 270, 112)
    p.hill(
        "tint",
        [
            (0, 600),
            (0, 430),
            (60, 400),
            (250, 400),
            (290, 452),
            (430, 452),
            (470, 510),
            (760, 560),
            (760, 600),
        ],
        50,
        0,
    )
    p.hill(
        "tint",
        [
            (900, 600),
            (960, 530),
            (1130, 420),
            (1200, 446),
            (1290, 408),
            (1420, 500),
            (1600, 540),
            (1600, 600),
        ],
        46,
        0.9,
    )
    p.water(HORIZON)
    p.ground(
        [(0, HORIZON - 14), (500, HORIZON), (770, HORIZON + 60), (690, HEIGHT), (0, HEIGHT)],
        90,
        0.04,
    )
    _cactus(p, 200, 700, 1.25)
    _cactus(p, 470, 640, 0.72)
    p.ground([(1010, HEIGHT), (1090, 770), (1290, 720), (1600, 700), (1600, HEIGHT)], 50, -0.1)
    _palm(p, 1330, 790, 1.15)
    _palm(p, 1510, 760, 0.8)
    for x, lean in ((720, -10), (800, 16), (870, -4), (655, 8)):
        _bamboo(p, x, lean)


def _mountain_sound(p: Print) -> None:
    """A white mountain above firs and water, and a ferry."""
    p.sky(bottom=420)
    p.disc("red", 1240, 200, 84)
    top: list[Point] = [
        (260, HORIZON),
        (470, 420),
        (560, 372),
        (640, 270),
        (700, 200),
        (748, 168),
        (800, 160),
        (850, 184),
        (930, 292),
        (1010, 352),
        (1120, 430),
        (1360, HORIZON),
    ]
    p.shape("tint", top)
    snow: list[Point] = [(x, _height(top, x)) for x in range(470, 1131, 20)]
    jags = [
        (x, _height(top, x) + (150 if x // 40 % 2 else 60) * (1 - abs(x - 790) / 420))
        for x in range(1130, 469, -20)
    ]
    p.shape("tint", [*snow, *jags], cut=True)
    p.line("ink", *top, width=6)
    for _ in range(300):
        x, low = p.random.uniform(300, 1320), p.random.random()
        y = _height(top, x) + 26 + low * 330
        side = 1 if x > 790 else -1
        if y < HORIZON - 8 and (side > 0 or p.random.random() > 0.5):
            p.stroke(
                "ink",
                (x, y),
                p.random.uniform(24, 74),
                3 + 7 * low,
                side * (0.75 + 0.3 * low),
                cut=False,
            )
    for x in range(-10, 1620, 34):
        tall = p.random.uniform(56, 128) * (1.25 if x < 420 or x > 1180 else 0.55)
        _fir(p, x + p.random.uniform(-8, 8), HORIZON + 6, tall)
    p.water(HORIZON)
    _ferry(p, 860, HORIZON + 120)


def _height(outline: Sequence[Point], x: float) -> float:
    for (x1, y1), (x2, y2) in itertools.pairwise(outline):
        if x1 <= x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return HORIZON


def _ship(p: Print, x: float, y: float, s: float) -> None:
    """A container ship, seen from the side; (x, y) is where its stern meets the water."""

    def at(*points: Point) -> list[Point]:
        return [(x + a * s, y + b * s) for a, b in points]

    p.shape("ink", at((0, 0), (-14, -70), (600, -70), (640, -84), (612, 0)))
    p.shape("red", at((0, 0), (-4, -20), (616, -20), (612, 0)))
    p.line("ink", *at((10, -52), (590, -52)), width=4 * s, cut=True)
    p.shape("ink", at((24, -70), (24, -190), (92, -190), (92, -70)))
    p.shape("ink", at((10, -190), (10, -206), (106, -206), (106, -190)))
    p.shape("red", at((40, -206), (40, -244), (66, -244), (66, -206)))
    for row in range(4):
        p.line("ink", *at((34, -168 + row * 25), (82, -168 + row * 25)), width=7 * s, cut=True)
    for column in range(9):
        for row in range(p.random.choice((3, 4, 4, 5))):
            plate = p.random.choice(("ink", "red", "tint", "ink"))
            left, top = 108 + column * 52, -70 - (row + 1) * 26
            p.box(plate, x + left * s, y + top * s, 48 * s, 23 * s)
            for rib in range(1, 5):
                p.line(
                    plate,
                    *at((left + rib * 9.6, top + 5), (left + rib * 9.6, top + 18)),
                    width=2.4 * s,
                    cut=True,
                )


def _crane(p: Print, x: float, y: float, s: float) -> None:
    """A quay crane with its boom out over the water on the left."""

    def at(*points: Point) -> list[Point]:
        return [(x + a * s, y + b * s) for a, b in points]

    for a in (0, 96):
        p.line("red", *at((a, 0), (a + (12 if not a else -12), -330)), width=13 * s)
    p.line("red", *at((2, -110), (94, -110)), width=11 * s)
    p.line("red", *at((4, -110), (88, -250)), width=6 * s)
    p.line("red", *at((-330, -262), (210, -262)), width=15 * s)
    p.line("red", *at((50, -262), (58, -420)), width=10 * s)
    for end in (-310, -150, 200):
        p.line("red", *at((58, -416), (end, -264)), width=4 * s)
    p.box("ink", x + 130 * s, y - 292 * s, 66 * s, 40 * s)
    p.line("ink", *at((-214, -256), (-214, -150)), width=3 * s)
    p.line("ink", *at((-196, -256), (-196, -150)), width=3 * s)
    p.box("ink", x - 230 * s, y - 152 * s, 50 * s, 24 * s)


def _lighthouse(p: Print, x: float, y: float, s: float) -> None:
    p.shape("ink", [(x - 150, y + 70), (x - 60, y + 20), (x + 70, y + 14), (x + 170, y + 70)])
    for _ in range(26):
        p.stroke("ink", (x + p.random.uniform(-110, 120), y + p.random.uniform(34, 66)), 30, 5, 0.3)
    p.shape(
        "ink",
        [
            (x - 30 * s, y + 18),
            (x - 19 * s, y - 170 * s),
            (x + 19 * s, y - 170 * s),
            (x + 30 * s, y + 18),
        ],
    )
    for row in range(6):
        p.line("ink", (x - 18, y - 4 - row * 28), (x + 10, y - 4 - row * 28), width=6, cut=True)
    p.box("ink", x - 28 * s, y - 182 * s, 56 * s, 12 * s)
    p.box("red", x - 14 * s, y - 214 * s, 28 * s, 32 * s)
    p.shape("ink", [(x - 22 * s, y - 214 * s), (x, y - 244 * s), (x + 22 * s, y - 214 * s)])


def _sail(p: Print, x: float, y: float, s: float) -> None:
    p.shape(
        "ink",
        [
            (x - 70 * s, y - 14 * s),
            (x + 74 * s, y - 14 * s),
            (x + 48 * s, y + 14 * s),
            (x - 48 * s, y + 14 * s),
        ],
    )
    p.line("ink", (x, y - 14 * s), (x, y - 176 * s), width=5 * s)
    for points in ([(8, -24), (8, -170), (70, -24)], [(-6, -24), (-6, -140), (-56, -24)]):
        shape = [(x + a * s, y + b * s) for a, b in points]
        p.shape("ink", shape, cut=True)
        p.line("ink", *shape, shape[0], width=4 * s)


def _pagoda(p: Print, x: float, y: float) -> None:
    for storey in range(9):
        half, top = 62 - storey * 4.6, y - 44 * (storey + 1)
        p.box("ink", x - half + 12, top, 2 * half - 24, 44)
        p.shape(
            "ink",
            [
                (x - half - 14, top + 10),
                (x - half + 8, top - 8),
                (x + half - 8, top - 8),
                (x + half + 14, top + 10),
                (x + half - 2, top + 8),
                (x - half + 2, top + 8),
            ],
        )
        for window in (-0.45, 0, 0.45):
            p.box("ink", x + window * half - 5, top + 19, 10, 17, cut=True)
    p.shape("ink", [(x - 26, y - 404), (x, y - 446), (x + 26, y - 404)])
    p.line("ink", (x, y - 440), (x, y - 486), width=6)


def _steamer(p: Print, x: float, y: float) -> None:
    p.clear(
        [
            (x - 4, y + 18),
            (x - 6, y - 34),
            (x + 10, y - 76),
            (x + 40, y - 114),
            (x + 82, y - 136),
            (x + 98, y - 194),
            (x + 152, y - 194),
            (x + 156, y - 136),
            (x + 222, y - 114),
            (x + 252, y - 74),
            (x + 318, y - 34),
            (x + 284, y + 18),
        ]
    )
    p.shape("ink", [(x, y - 26), (x + 300, y - 26), (x + 270, y + 10), (x + 14, y + 10)])
    for deck in range(2):
        p.box("ink", x + 20 + deck * 24, y - 62 - deck * 40, 220 - deck * 50, 8)
        for post in range(8 - 2 * deck):
            p.line(
                "ink",
                (x + 30 + deck * 24 + post * 28, y - 60 - deck * 40),
                (x + 30 + deck * 24 + post * 28, y - 24 - deck * 40),
                width=5,
            )
    p.box("ink", x + 88, y - 130, 60, 30)
    for funnel in (104, 134):
        p.box("ink", x + funnel, y - 186, 11, 60)
    p.disc("red", x - 4, y - 18, 38)
    for spoke in range(6):
        turn = math.pi * spoke / 6
        p.line(
            "red",
            (x - 4 - 34 * math.cos(turn), y - 18 - 34 * math.sin(turn)),
            (x - 4 + 34 * math.cos(turn), y - 18 + 34 * math.sin(turn)),
            width=4,
            cut=True,
        )


def _ferry(p: Print, x: float, y: float) -> None:
    p.clear(
        [
            (x - 4, y + 20),
            (x - 38, y - 42),
            (x + 8, y - 86),
            (x + 60, y - 116),
            (x + 132, y - 158),
            (x + 184, y - 158),
            (x + 250, y - 116),
            (x + 308, y - 86),
            (x + 354, y - 42),
            (x + 320, y + 20),
        ]
    )
    p.shape("ink", [(x - 24, y - 34), (x + 340, y - 34), (x + 312, y + 12), (x + 4, y + 12)])
    p.line("ink", (x, y - 18), (x + 310, y - 18), width=5, cut=True)
    p.box("ink", x + 16, y - 78, 284, 44)
    for window in range(13):
        p.box("ink", x + 28 + window * 21, y - 66, 12, 15, cut=True)
    p.box("ink", x + 70, y - 108, 170, 32)
    p.box("red", x + 140, y - 150, 36, 42)


def _fir(p: Print, x: float, y: float, tall: float) -> None:
    for part in range(4):
        top, half = y - tall * (1 - part * 0.2), tall * (0.1 + part * 0.055)
        p.shape("ink", [(x, top), (x + half, top + tall * 0.34), (x - half, top + tall * 0.34)])


def _cactus(p: Print, x: float, y: float, s: float) -> None:
    def at(*points: Point) -> list[Point]:
        return [(x + a * s, y + b * s) for a, b in points]

    for branch, width in (
        (((0, 0), (0, -300)), 46),
        (((0, -110), (-84, -110), (-84, -210)), 34),
        (((0, -150), (80, -150), (80, -260)), 34),
    ):
        points = at(*branch)
        p.line("ink", *points, width=width * s)
        for point in points[1:]:
            p.disc("ink", *point, width * s / 2)
        for rib in (-0.24, 0.06):
            p.line(
                "ink",
                *[(a + rib * width * s, b - 4) for a, b in points[-2:]],
                width=4 * s,
                cut=True,
            )


def _palm(p: Print, x: float, y: float, s: float) -> None:
    trunk = [(x + 40 * s * math.sin(step / 9) - 10, y - step * 17 * s) for step in range(20)]
    p.line("ink", *trunk, width=18 * s)
    for a, b in trunk[1:-1]:
        p.line("ink", (a - 9 * s, b), (a + 7 * s, b - 4 * s), width=3 * s, cut=True)
    a, b = trunk[-1]
    for turn in (-0.3, 0.2, 0.75, 1.35, 1.9, 2.45, 2.95, 3.45):
        for step in range(1, 11):
            far = step / 10
            x = a + 165 * s * far * math.cos(turn)
            y = b - 150 * s * far * math.sin(turn) * (1 - far * 0.55) + 95 * s * far * far
            along = -math.sin(turn) * (1 - far) * math.copysign(
                1, math.cos(turn)
            ) + far * 0.9 * math.copysign(1, math.cos(turn))
            p.stroke("ink", (x, y), 44 * s, 13 * s, along, cut=False)
            p.stroke(
                "ink",
                (x, y + 12 * s),
                46 * s * (1.2 - far * 0.5),
                7 * s,
                math.pi / 2 + 0.5 * math.cos(turn),
                cut=False,
            )


def _bamboo(p: Print, x: float, lean: float) -> None:
    for joint in range(12):
        low, high = HEIGHT - joint * 84, HEIGHT - joint * 84 - 76
        left, right = x + lean * joint / 3, x + lean * (joint + 1) / 3
        p.shape("ink", [(left - 13, low), (right - 13, high), (right + 13, high), (left + 13, low)])
        p.line("ink", (left - 5, low - 8), (right - 5, high + 8), width=5, cut=True)
        for side in (-1, 1):
            if joint > 3 and p.random.random() > 0.35:
                p.stroke(
                    "ink",
                    (right + side * 52, high - 8),
                    88,
                    20,
                    side * p.random.uniform(0.25, 0.6),
                    cut=False,
                )
                p.stroke(
                    "ink",
                    (right + side * 44, high + 18),
                    70,
                    16,
                    side * p.random.uniform(0.7, 1.0),
                    cut=False,
                )


SCENES: dict[str, Callable[[Print], None]] = {
    "harbour": _harbour,
    "bridge-harbour": _bridge_harbour,
    "lake-city": _lake_city,
    "river-towns": _river_towns,
    "desert-and-island": _desert_and_island,
    "mountain-sound": _mountain_sound,
}
