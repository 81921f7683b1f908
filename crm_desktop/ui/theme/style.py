"""Palette and style sheet, made from the tokens."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QColor, QPalette

from crm_desktop.assets import resource
from crm_desktop.ui.theme.tokens import RADIUS, SIZE, TYPE, Colours


def palette(c: Colours) -> QPalette:
    """The application's palette for one theme."""
    p = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, c.page),
        (role.WindowText, c.text),
        (role.Base, c.card),
        (role.AlternateBase, c.page),
        (role.Text, c.text),
        (role.Button, c.card),
        (role.ButtonText, c.text),
        (role.BrightText, c.on_accent),
        (role.ToolTipBase, c.toast),
        (role.ToolTipText, c.on_toast),
        (role.PlaceholderText, c.faint),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Accent, c.accent),
        (role.Light, c.card),
        (role.Midlight, c.hover),
        (role.Mid, c.line),
        (role.Dark, c.line_strong),
        (role.Shadow, c.shadow),
    ):
        p.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.faint))
    return p


@cache
def _folder() -> QTemporaryDir:
    """A folder of our own for the few pictures that a style sheet takes by path only.

    Qt's, because Python's `tempfile` costs ten milliseconds of the start.
    """
    return QTemporaryDir()


def _picture(name: str, colour: str) -> str:
    """Path of an icon in one colour; "" where no temporary file can be made."""
    try:
        path = Path(_folder().path()) / f"{name}-{colour.strip('#')}.svg"
        text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        path.write_text(text.replace("currentColor", colour), encoding="utf-8")
    except OSError:  # a sheet without its arrows is still a sheet
        return ""
    return path.as_posix()


def sheet(c: Colours) -> str:
    """The application's style sheet for one theme."""
    return "".join((_base(c), _buttons(c), _fields(c), _surfaces(c), _menus(c), _lists(c)))


def _base(c: Colours) -> str:
    return f"""
* {{ outline: none; }}
QMainWindow, QDialog {{ background: {c.page}; }}
QLabel {{ background: transparent; color: {c.text}; }}
QLabel[role="title"] {{ font-size: {TYPE.title}px; font-weight: 600; }}
QLabel[role="record"] {{ font-size: {TYPE.record}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {TYPE.section}px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="mute"] {{ color: {c.mute}; }}
QLabel[role="secondary"] {{ font-size: {TYPE.secondary}px; color: {c.mute}; }}
QLabel[role="caption"] {{ font-size: {TYPE.caption}px; color: {c.mute}; }}
QLabel[role="faint"] {{ color: {c.faint}; }}
QLabel[struck="true"] {{ color: {c.faint}; text-decoration: line-through; }}
QLabel[role="error"] {{ font-size: {TYPE.secondary}px; color: {c.red.text}; }}
QLabel[role="brand"] {{ font-size: 16px; font-weight: 600; }}
QToolTip {{ background: {c.toast}; color: {c.on_toast}; border: none; padding: 5px 8px;
  font-size: {TYPE.secondary}px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea[reading="true"] {{ border: 2px solid transparent; border-radius: {RADIUS.small}px; }}
QScrollArea[reading="true"]:focus {{ border-color: {c.accent}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {c.line_strong}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; height: 6px;
  max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {c.line}; }}
"""


def _buttons(c: Colours) -> str:
    r, h = RADIUS.control, SIZE.control
    return f"""
QPushButton {{ background: {c.card}; color: {c.text}; border: 1px solid {c.line};
  border-radius: {r}px; padding: 0 13px; min-height: {h - 2}px; max-height: {h - 2}px; }}
QPushButton:hover {{ background: {c.hover}; border-color: {c.line_strong}; }}
QPushButton:pressed {{ background: {c.press}; }}
QPushButton:disabled {{ color: {c.faint}; background: {c.page}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 0 12px;
  min-height: {h - 4}px; max-height: {h - 4}px; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent};
  border: 1px solid {c.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover};
  border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {c.accent_press}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.line}; color: {c.faint};
  border-color: {c.line}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="danger"] {{ color: {c.red.text}; }}
QPushButton[kind="danger"]:hover {{ background: {c.red.back}; border-color: {c.red.text}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent;
  color: {c.mute}; padding: 0 9px; }}
QPushButton[kind="quiet"]:hover {{ background: {c.hover}; color: {c.text}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {c.accent}; padding: 0 8px; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent;
  color: {c.accent}; font-weight: 600; font-size: {TYPE.secondary}px; padding: 0 5px;
  min-height: 22px; max-height: 22px; border-radius: {RADIUS.small}px; text-align: left; }}
QPushButton[kind="link"]:hover {{ background: {c.accent_soft}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c.accent}; padding: 0 4px;
  min-height: 20px; max-height: 20px; }}
QPushButton[kind="rail"] {{ background: transparent; border: 1px solid transparent;
  color: {c.mute}; text-align: left; padding: 0 10px; min-height: 34px; max-height: 34px; }}
QPushButton[kind="rail"]:hover {{ background: {c.hover}; }}
QPushButton[kind="rail"]:checked {{ background: {c.accent_soft}; color: {c.accent};
  font-weight: 600; }}
QPushButton[kind="rail"]:disabled, QPushButton[kind="search"]:disabled {{ color: {c.line_strong};
  background: transparent; }}
QPushButton[kind="rail"]:focus {{ border: 2px solid {c.accent}; padding: 0 9px;
  min-height: 32px; max-height: 32px; }}
QPushButton[kind="rail"][low="true"] {{ min-height: 28px; max-height: 28px; }}
QPushButton[kind="rail"][low="true"]:focus {{ min-height: 26px; max-height: 26px; }}
QPushButton[kind="search"] {{ background: {c.page}; border: 1px solid {c.line}; color: {c.faint};
  text-align: left; padding: 0 9px; }}
QPushButton[kind="search"]:hover {{ border-color: {c.line_strong}; }}
QPushButton[kind="search"]:focus {{ border: 2px solid {c.accent}; padding: 0 8px; }}
QPushButton[kind="chip"] {{ background: {c.card}; border: 1px solid {c.line}; color: {c.mute};
  border-radius: {RADIUS.chip}px; padding: 0 12px; min-height: {SIZE.chip - 2}px;
  max-height: {SIZE.chip - 2}px; }}
QPushButton[kind="chip"]:hover {{ background: {c.hover}; border-color: {c.line_strong}; }}
QPushButton[kind="chip"]:checked {{ background: {c.accent_soft}; color: {c.accent};
  border-color: {c.accent_soft}; font-weight: 600; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c.accent}; padding: 0 11px;
  min-height: {SIZE.chip - 4}px; max-height: {SIZE.chip - 4}px; }}
QPushButton[kind="words"] {{ text-align: left; padding: 0 11px; }}
QPushButton[kind="words"]:focus {{ padding: 0 10px; }}
QPushButton[kind="option"] {{ border-radius: {RADIUS.control}px; color: {c.mute}; }}
QPushButton[kind="option"]:checked {{ background: {c.accent_soft}; color: {c.accent};
  border-color: {c.accent}; font-weight: 600; }}
QPushButton[kind="toast"] {{ background: transparent; border: 1px solid transparent;
  color: {c.toast_accent}; font-weight: 600; padding: 0 9px; min-height: 26px;
  max-height: 26px; border-radius: {RADIUS.small}px; }}
QPushButton[kind="toast"]:hover {{ border-color: {c.toast_accent}; }}
QPushButton[kind="toast"]:focus {{ border: 2px solid {c.toast_accent}; padding: 0 8px;
  min-height: 24px; max-height: 24px; }}
QPushButton[kind="tile"] {{ border-radius: {RADIUS.card}px; text-align: left; padding: 0 16px;
  min-height: 58px; max-height: 58px; font-weight: 600; }}
QPushButton[kind="tile"]:focus {{ border: 2px solid {c.accent}; padding: 0 15px;
  min-height: 56px; max-height: 56px; }}
QPushButton[kind="recent"] {{ background: transparent; border: 1px solid transparent;
  min-height: 38px; max-height: 38px; padding: 0; }}
QPushButton[kind="recent"]:hover {{ background: {c.hover}; }}
QPushButton[kind="recent"]:focus {{ border: 2px solid {c.accent}; padding: 0;
  min-height: 36px; max-height: 36px; }}
QPushButton[kind="person"] {{ background: transparent; border: 1px solid transparent;
  min-height: 38px; max-height: 38px; padding: 0; border-radius: {RADIUS.control}px; }}
QPushButton[kind="person"]:hover {{ background: {c.hover}; }}
QPushButton[kind="person"]:focus {{ border: 2px solid {c.accent}; padding: 0;
  min-height: 36px; max-height: 36px; }}
QPushButton[kind="document"] {{ background: transparent; border: 1px solid transparent;
  min-height: 50px; max-height: 50px; padding: 0; border-radius: {RADIUS.control}px; }}
QPushButton[kind="document"]:hover {{ background: {c.hover}; }}
QPushButton[kind="document"]:focus {{ border: 2px solid {c.accent}; padding: 0;
  min-height: 48px; max-height: 48px; }}
QPushButton[tight="true"] {{ padding: 0 4px; }}
QPushButton[tight="true"]:focus {{ padding: 0 3px; }}
QPushButton[kind="chip"][tight="true"] {{ padding: 0 8px; }}
QPushButton[kind="chip"][tight="true"]:focus {{ padding: 0 7px; }}
QPushButton[kind="fact"] {{ background: transparent; border: 1px solid transparent;
  border-radius: {RADIUS.small}px; padding: 0; min-height: 22px; max-height: 400px; }}
QPushButton[kind="fact"]:hover {{ background: {c.hover}; }}
QPushButton[kind="fact"]:focus {{ border: 2px solid {c.accent}; padding: 0; }}
QPushButton[kind="pill"], QPushButton[kind="pill"]:focus {{ border: none; padding: 0;
  min-height: {SIZE.pill + 2}px; max-height: {SIZE.pill + 2}px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QToolButton {{ background: transparent; border: 1px solid transparent;
  border-radius: {RADIUS.small}px; padding: 3px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed {{ background: {c.press}; }}
QToolButton:focus {{ border: 2px solid {c.accent}; padding: 2px; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
"""


def _fields(c: Colours) -> str:
    r, h = RADIUS.control, SIZE.control
    check = _picture("check", c.on_accent)
    down = _picture("chevron-down", c.mute)
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QSpinBox, QComboBox {{ background: {c.card};
  color: {c.text}; border: 1px solid {c.line}; border-radius: {r}px; padding: 0 9px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent};
  placeholder-text-color: {c.faint}; }}
QLineEdit, QComboBox, QDateEdit, QSpinBox {{ min-height: {h - 2}px; max-height: {h - 2}px; }}
QPlainTextEdit, QTextEdit {{ padding: 5px 7px; }}
QComboBox {{ padding-left: 11px; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: {c.line_strong}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDateEdit:focus {{ border: 2px solid {c.accent}; padding: 0 8px; }}
QComboBox:focus {{ padding-left: 10px; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {{ min-height: {h - 4}px;
  max-height: {h - 4}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 4px 6px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {c.faint};
  background: {c.page}; }}
QLineEdit[flat="true"] {{ background: transparent; border: 1px solid transparent;
  border-radius: {RADIUS.small}px; padding: 0 5px; min-height: 24px; max-height: 24px; }}
QLineEdit[flat="true"]:hover {{ background: {c.hover}; }}
QLineEdit[flat="true"]:focus {{ background: {c.card}; border: 2px solid {c.accent};
  padding: 0 4px; min-height: 22px; max-height: 22px; }}
QLineEdit[late="true"] {{ color: {c.red.text}; }}
QLineEdit[struck="true"] {{ color: {c.faint}; text-decoration: line-through; }}
QLineEdit[kind="cell"], QLineEdit[kind="cell"]:focus {{ border: 2px solid {c.accent};
  border-radius: 0; padding: 0 6px; min-height: 0; max-height: 400px; }}
QLineEdit[flat="true"][role="record"] {{ font-size: {TYPE.record}px; font-weight: 600;
  min-height: 30px; max-height: 30px; }}
QLineEdit[flat="true"][role="record"]:focus {{ min-height: 28px; max-height: 28px; }}
QLineEdit[flat="true"][role="secondary"] {{ font-size: {TYPE.secondary}px; color: {c.mute}; }}
QPlainTextEdit[flat="true"], QTextEdit[flat="true"] {{
  background: transparent; border: 1px solid transparent;
  border-radius: {RADIUS.small}px; padding: 1px 1px; }}
QPlainTextEdit[flat="true"]:hover, QTextEdit[flat="true"]:hover {{ background: {c.hover}; }}
QPlainTextEdit[flat="true"]:focus, QTextEdit[flat="true"]:focus {{
  background: {c.card}; border: 2px solid {c.accent};
  padding: 0; }}
QLineEdit[error="true"], QLineEdit[error="true"]:focus, QPlainTextEdit[error="true"] {{
  border: 2px solid {c.red.text}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{down}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {c.card}; border: 1px solid {c.line}; padding: 4px;
  selection-background-color: {c.accent_soft}; selection-color: {c.text}; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: 28px; padding: 0 8px; }}
QCheckBox, QRadioButton {{ spacing: 8px; color: {c.text}; background: transparent; }}
QCheckBox::indicator, QListWidget#ticks::indicator {{ width: 16px;
  height: 16px; border: 1px solid {c.line_strong};
  border-radius: 4px; background: {c.card}; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus,
QListWidget#ticks::indicator:hover {{ border-color: {c.accent}; }}
QListWidget#ticks {{ background: {c.card}; border: 1px solid {c.line};
  border-radius: {RADIUS.control}px; }}
QListWidget#ticks:focus {{ border: 2px solid {c.accent}; }}
QListWidget#ticks::item {{ padding: 0 8px; }}
QListWidget#ticks::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QCheckBox::indicator:checked, QListWidget#ticks::indicator:checked {{
  background: {c.accent}; border-color: {c.accent};
  image: url("{check}"); }}
QCheckBox:focus {{ border: 2px solid {c.accent}; border-radius: {RADIUS.small}px; }}
QCheckBox[bare="true"] {{ spacing: 0; }}
QCheckBox[bare="true"]:focus {{ border: none; }}
QCheckBox[bare="true"]::indicator:focus {{ border: 2px solid {c.text}; width: 14px; height: 14px; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {c.line_strong};
  border-radius: 8px; background: {c.card}; }}
QRadioButton::indicator:checked {{ border: 5px solid {c.accent}; width: 6px; height: 6px; }}
QRadioButton:focus {{ border: 2px solid {c.accent}; border-radius: {RADIUS.small}px; }}
"""


def _surfaces(c: Colours) -> str:
    return f"""
QFrame#card {{ background: {c.card}; border: 1px solid {c.line}; border-radius: {RADIUS.card}px; }}
QFrame#rail {{ background: {c.card}; border: none; border-right: 1px solid {c.line}; }}
QFrame#board-column {{ background: {c.hover}; border: none; border-radius: {RADIUS.card}px; }}
QFrame#board-column QListView {{ background: transparent; border: none; }}
QFrame#panel {{ background: {c.card}; border: none; border-left: 1px solid {c.line}; }}
QFrame#hint {{ background: {c.accent_soft}; border: none; border-radius: {RADIUS.control}px; }}
QFrame#group {{ background: transparent; border: 1px solid {c.line};
  border-left: 3px solid {c.line_strong}; border-radius: {RADIUS.small}px; }}
QFrame#hairline {{ background: {c.line}; border: none; min-height: 1px; max-height: 1px; }}
QFrame#drop {{ background: {c.card}; border: 2px dashed {c.line_strong};
  border-radius: {RADIUS.card}px; }}
QFrame#drop[hot="true"] {{ background: {c.accent_soft}; border-color: {c.accent}; }}
QFrame#toast {{ background: {c.toast}; border: none; border-radius: 10px; }}
QFrame#toast QLabel {{ color: {c.on_toast}; }}
QFrame#banner[kind="info"] {{ background: {c.accent_soft}; border: none;
  border-bottom: 1px solid {c.line}; }}
QFrame#banner[kind="warning"] {{ background: {c.amber.back}; border: none;
  border-bottom: 1px solid {c.line}; }}
QFrame#banner[kind="error"] {{ background: {c.red.back}; border: none;
  border-bottom: 1px solid {c.line}; }}
QFrame#banner[inset="true"] {{ border: none; border-radius: {RADIUS.card}px; }}
QFrame#popup {{ background: {c.card}; border: 1px solid {c.line_strong};
  border-radius: {RADIUS.card}px; }}
QFrame#popup QLineEdit, QFrame#popup QLineEdit:focus {{ border: none; background: transparent;
  font-size: 15px; padding: 0; min-height: 44px; max-height: 44px; }}
QFrame#popup QLineEdit[kind="target"] {{ background: {c.card}; border: 1px solid {c.line};
  border-radius: {RADIUS.control}px; font-size: {TYPE.body}px; padding: 0 9px; min-height: 30px;
  max-height: 30px; }}
QFrame#popup QLineEdit[kind="target"]:focus {{ border: 2px solid {c.accent}; padding: 0 8px;
  min-height: 28px; max-height: 28px; }}
QFrame#popup QLineEdit[kind="target"]:disabled {{ background: {c.page}; color: {c.faint}; }}
QWidget#page {{ background: {c.page}; }}
QDialog#sheet {{ background: {c.card}; }}
"""


def _menus(c: Colours) -> str:
    check = _picture("check", c.accent)
    return f"""
QMenuBar {{ background: {c.card}; color: {c.mute}; border-bottom: 1px solid {c.line};
  padding: 2px 10px; font-size: {TYPE.secondary}px; }}
QMenuBar::item {{ background: transparent; padding: 4px 9px; border-radius: {RADIUS.small}px; }}
QMenuBar::item:selected {{ background: {c.hover}; color: {c.text}; }}
QMenuBar::item:pressed {{ background: {c.accent_soft}; color: {c.accent}; }}
QMenu {{ background: {c.card}; color: {c.text}; border: 1px solid {c.line_strong}; padding: 5px; }}
QMenu::item {{ padding: 6px 24px 6px 10px; border-radius: {RADIUS.small}px;
  min-width: 150px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::indicator {{ width: 16px; height: 16px; padding-left: 6px; }}
QMenu::indicator:checked {{ image: url("{check}"); }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 6px; }}
"""


def _lists(c: Colours) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: {c.card}; border: none; color: {c.text};
  gridline-color: {c.line}; selection-background-color: {c.accent_soft};
  selection-color: {c.text}; }}
#states {{ border: 1px solid {c.line}; border-radius: {RADIUS.control}px; }}
#states::item {{ padding: 6px 10px; border-bottom: 1px solid {c.line}; }}
QListView[framed="true"] {{ border: 1px solid {c.line}; border-radius: {RADIUS.control}px;
  padding: 2px; }}
QListView[framed="true"]:focus {{ border: 1px solid {c.accent}; }}
QListView[framed="true"]::item {{ padding-left: 6px; }}
QTableWidget::item, QTableView#lines::item {{ padding: 0 10px; }}
QTableView QScrollBar:vertical {{ margin: {SIZE.header + 4}px 2px 2px 2px; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: {c.card}; color: {c.mute}; border: none;
  border-bottom: 1px solid {c.line}; padding: 0 13px; font-size: {TYPE.secondary}px;
  font-weight: 600; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QHeaderView::down-arrow, QHeaderView::up-arrow {{ image: none; width: 0; height: 0; }}
QTableCornerButton::section {{ background: {c.card}; border: none; }}
QTabBar::tab {{ background: transparent; color: {c.mute}; padding: 7px 12px;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; font-weight: 600; }}
QTabWidget::pane {{ border: none; }}
"""
