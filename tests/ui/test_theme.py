"""Tokens made visible: palette, sheet, icons, fonts."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crm_desktop.app import Built
from crm_desktop.ui.theme import colours, fonts, icons, style
from crm_desktop.ui.theme.paint import initials
from crm_desktop.ui.theme.tokens import DARK, LIGHT, RADIUS, SIZE


def test_twenty_thousand_labels_leave_none_alive(qtbot: QtBot) -> None:
    # PySide6 6.12.0 under Python 3.11 loses a reference to None per call and aborts with
    # "none_dealloc": the reason for the pin `<6.12`.
    label = QLabel()
    qtbot.addWidget(label)
    for number in range(20_000):
        label.setText(str(number))
    assert label.text() == "19999"


def test_the_theme_changes_while_the_window_stands(built: Built) -> None:
    page = built.shell.palette().color(QPalette.ColorRole.Window).name().upper()
    assert page == LIGHT.page
    changed: list[bool] = []
    built.theme.changed.connect(lambda: changed.append(True))
    built.shell.choose_theme("dark")
    assert colours() is DARK
    assert changed == [True]
    window = QApplication.palette().color(QPalette.ColorRole.Window).name().upper()
    assert window == DARK.page
    assert DARK.card in QApplication.instance().styleSheet()
    assert built.shell.preferences.text("theme") == "dark"
    built.shell.choose_theme("light")
    assert colours() is LIGHT


def test_icons_follow_the_theme(built: Built) -> None:
    made = QPushButton(built.shell)
    icons.set_icon(made, "plus", "text")

    def ink() -> int:
        image = made.icon().pixmap(SIZE.icon).toImage()
        pixels = (image.pixelColor(x, y) for x in range(18) for y in range(18))
        return max(pixels, key=QColor.alpha).lightness()

    light = ink()
    built.shell.choose_theme("dark")
    assert light < 40
    assert ink() > 215
    built.shell.choose_theme("light")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out(tokens: object) -> None:
    def light(name: str) -> float:
        parts = [v / 255 for v in QColor(name).toTuple()[:3]]
        linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a: str, b: str) -> float:
        high, low = sorted((light(a), light(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    c = tokens
    for front, back, least in (
        (c.text, c.card, 7.0),
        (c.mute, c.card, 4.5),
        (c.mute, c.page, 4.5),
        (c.on_accent, c.accent, 4.5),
        (c.accent, c.accent_soft, 4.5),
        (c.green.text, c.green.back, 4.0),
        (c.amber.text, c.amber.back, 4.0),
        (c.blue.text, c.blue.back, 4.0),
        (c.red.text, c.red.back, 3.9),
    ):
        assert contrast(front, back) >= least, (front, back, contrast(front, back))


def test_no_radius_above_half_the_height() -> None:
    # Above it Qt draws square corners.
    assert RADIUS.chip * 2 <= SIZE.chip
    assert RADIUS.pill * 2 <= SIZE.pill
    assert RADIUS.control * 2 <= SIZE.control
    for rule in re.findall(r"\{([^}]*)\}", style.sheet(LIGHT)):
        height = re.search(r"max-height:\s*(\d+)px", rule)
        radius = re.search(r"border-radius:\s*(\d+)px", rule)
        if height and radius:
            assert int(radius.group(1)) * 2 <= int(height.group(1)) + 2, rule


def test_both_themes_name_every_colour() -> None:
    for field in LIGHT._fields:
        assert type(getattr(LIGHT, field)) is type(getattr(DARK, field))


@pytest.mark.parametrize(
    "text",
    [
        "João",
        "Иванов",
        "Ελένη",
        "王秀英",
        "陳大文",
        "田中さくら",
        "김민준",
        "محمد",
        "שלום",
        "Thị Ánh",
    ],
)
def test_no_script_is_drawn_as_boxes(qtbot: QtBot, qapp: QApplication, text: str) -> None:
    fonts.register_first()
    fonts.ensure_for(text)
    ours = [f for f in fonts.font().families() if f in QFontDatabase.families()]
    metrics = [QFontMetrics(_family(f)) for f in ours]
    for sign in text:
        assert any(m.inFontUcs4(ord(sign)) for m in metrics), sign


def _family(name: str):
    made = fonts.font()
    made.setFamilies([name])
    return made


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("João da Conceição", "JC"),
        ("王秀英", "王"),
        ("김민준", "김"),
        ("محمد عبد الله", "م"),
        ("Zoë", "Z"),
        ("  ", "?"),
        ("«Север» Ветер", "В"),
        ("O'Neil", "O"),
    ],
)
def test_initials(name: str, shown: str) -> None:
    assert initials(name) == shown
