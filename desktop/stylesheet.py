"""The style sheet of the program, from tokens. Painted widgets (buttons, chips, charts) do not need it."""

from collections.abc import Callable, Mapping

from desktop.tokens import Tokens

Px = Callable[[float], int]
Colours = Mapping[str, str]

TONES = ("text", "text2", "text3", "accent_text", "danger", "warn", "ok", "info", "accent_on")


def build_style_sheet(tokens: Tokens, scheme: str, px: Px) -> str:
    """The style sheet for a scheme, every measure passed through `px` (the text scale)."""
    c = tokens.colours[scheme]
    parts = (
        _text(tokens, c, px),
        _frames(c, px),
        _fields(c, px),
        _menus(c, px),
        _tables(c, px),
        _bars(c, px),
    )
    return "\n".join(parts)


def _text(tokens: Tokens, c: Colours, px: Px) -> str:
    rules = [
        f'QLabel[type="{name}"] {{ font-size: {px(step.px)}px; font-weight: {step.weight};'
        f" min-height: {px(step.line)}px; }}"
        for name, step in tokens.types.items()
    ]
    rules += [f'QLabel[weight="{weight}"] {{ font-weight: {weight}; }}' for weight in (400, 500, 600, 700)]
    rules += [f'QLabel[tone="{tone}"] {{ color: {c[tone]}; }}' for tone in TONES]
    return "\n".join(rules)


def _frames(c: Colours, px: Px) -> str:
    return f"""
QWidget {{ color: {c["text"]}; }}
QMainWindow, QDialog, #page {{ background: {c["bg"]}; }}
#rail {{ background: {c["rail"]}; border: 0; border-right: 1px solid {c["border"]}; }}
#topBar {{ background: {c["surface"]}; border: 0; border-bottom: 1px solid {c["border"]}; }}
#statusBar {{ background: {c["surface"]}; border: 0; border-top: 1px solid {c["border"]}; }}
#card {{ background: {c["surface"]}; border: 1px solid {c["border"]}; border-radius: 8px; }}
#panel {{ background: {c["surface"]}; border: 0; border-right: 1px solid {c["border"]}; }}
#line {{ background: {c["border"]}; border: 0; }}
#hair {{ background: {c["hair"]}; border: 0; }}
#demo {{ background: {c["warn_soft"]}; border: 0; border-bottom: 1px solid {c["warn_border"]}; }}
#notice {{ background: {c["info_soft"]}; border: 1px solid {c["info_border"]}; border-radius: 6px; }}
#notice[kind="warn"] {{ background: {c["warn_soft"]}; border-color: {c["warn_border"]}; }}
#notice[kind="danger"] {{ background: {c["danger_soft"]}; border-color: {c["danger_border"]}; }}
#notice[kind="ok"] {{ background: {c["ok_soft"]}; border-color: {c["ok_border"]}; }}
#toast {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]}; border-radius: 8px; }}
#toast[kind="error"] {{ border-color: {c["danger"]}; }}
#popup {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]}; border-radius: 8px; }}
#key {{ background: {c["surface"]}; border: 1px solid {c["neutral_border"]}; border-radius: 4px;
  color: {c["text2"]}; font-size: {px(11)}px; font-weight: 500; padding: 0 {px(4)}px; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: 0; }}
QSplitter::handle {{ background: {c["border"]}; }}
QToolTip {{ background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border_strong"]};
  padding: {px(4)}px {px(6)}px; }}
"""


def _fields(c: Colours, px: Px) -> str:
    every = "QLineEdit, QPlainTextEdit, QTextEdit"
    return f"""
{every} {{ background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border_strong"]};
  border-radius: 6px; padding: {px(5)}px {px(9)}px; margin: 2px; selection-background-color: {c["accent"]};
  selection-color: {c["accent_on"]}; placeholder-text-color: {c["text3"]}; }}
QLineEdit {{ min-height: {px(21)}px; max-height: {px(21)}px; }}
QLineEdit:hover, QPlainTextEdit:hover {{ border-color: {c["text2"]}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {c["focus"]}; margin: 1px; }}
QLineEdit[error="true"], QPlainTextEdit[error="true"] {{ border: 1px solid {c["danger"]}; }}
QLineEdit[error="true"]:focus, QPlainTextEdit[error="true"]:focus {{ border: 2px solid {c["focus"]}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {c["surface2"]}; color: {c["text2"]};
  border-color: {c["border"]}; }}
QLineEdit:read-only {{ background: {c["surface2"]}; }}
QLineEdit#bare, QLineEdit#bare:focus {{ border: 0; background: transparent; margin: 0; padding: 0; }}
"""


def _menus(c: Colours, px: Px) -> str:
    return f"""
QMenu {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(20)}px {px(6)}px {px(10)}px; border-radius: 5px; color: {c["text"]};
  border: 2px solid transparent; }}
QMenu::item:selected {{ background: {c["selected"]}; border-color: {c["focus"]}; }}
QMenu::item:disabled {{ color: {c["text3"]}; }}
QMenu::separator {{ height: 1px; background: {c["border"]}; margin: {px(4)}px {px(6)}px; }}
QMenu::indicator {{ width: 0; }}
QMenu::icon {{ left: {px(8)}px; }}
QListView#board {{ background: transparent; border: 0; outline: 0; }}
QListView#board::item:selected, QListView#board::item:hover {{ background: transparent; }}
#boardColumn {{
    background: {c["neutral_soft"]}; border: 1px solid {c["neutral_border"]}; border-radius: 8px;
}}
QListView#list, QListWidget#list {{ background: {c["surface"]}; border: 0; outline: 0; }}
QListView#list::item {{ padding: {px(5)}px {px(8)}px; border: 2px solid transparent; border-radius: 6px; }}
QListView#list::item:hover {{ background: {c["hover"]}; }}
QListView#list::item:selected {{ background: {c["selected"]}; color: {c["text"]};
  border-color: {c["focus"]}; }}
QComboBox QAbstractItemView, QListView#suggestions {{
  background: {c["surface"]}; color: {c["text"]}; outline: 0;
  border: 1px solid {c["border_strong"]}; padding: {px(4)}px; }}
QListView#suggestions {{ padding: 0; }}
QComboBox QAbstractItemView::item, QListView#suggestions::item {{
  min-height: {px(26)}px; padding: 0 {px(8)}px; border-radius: 5px;
  border: 2px solid transparent; }}
QComboBox QAbstractItemView::item:selected, QListView#suggestions::item:selected {{
  background: {c["selected"]}; color: {c["text"]};
  border-color: {c["focus"]}; }}
QCalendarWidget QAbstractItemView {{ background: {c["surface"]}; color: {c["text"]}; outline: 0;
  selection-background-color: {c["accent"]}; selection-color: {c["accent_on"]}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {c["text3"]}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c["surface2"]}; }}
QCalendarWidget QToolButton {{ background: transparent; color: {c["text"]}; border: 2px solid transparent;
  border-radius: 5px; padding: {px(3)}px {px(8)}px; font-weight: 600; }}
QCalendarWidget QToolButton:hover {{ background: {c["hover"]}; }}
QCalendarWidget QToolButton:focus {{ border-color: {c["focus"]}; }}
"""


def _tables(c: Colours, px: Px) -> str:
    return f"""
QTableView {{ background: {c["surface"]}; color: {c["text"]}; border: 0; outline: 0;
  gridline-color: {c["hair"]};
  selection-background-color: {c["selected"]}; selection-color: {c["text"]}; border-radius: 8px; }}
QHeaderView {{ background: {c["surface2"]}; border: 0; border-top-left-radius: 7px;
  border-top-right-radius: 7px; }}
QHeaderView::section {{ background: transparent; color: {c["text2"]}; border: 0; font-weight: 600;
  border-bottom: 1px solid {c["border"]}; padding: 0 {px(10)}px; font-size: {px(12)}px; }}
QHeaderView::section:hover {{ color: {c["text"]}; background: {c["hover"]}; }}
QTableCornerButton::section {{ background: {c["surface2"]}; border: 0; }}
"""


def _bars(c: Colours, px: Px) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 2px; border: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 2px; border: 0; }}
QScrollBar::handle {{ background: {c["border_strong"]}; border-radius: 4px; min-height: {px(28)}px;
  min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {c["text3"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {c["neutral_soft"]}; border: 0; border-radius: 3px; max-height: {px(6)}px;
  min-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {c["s5"]}; border-radius: 3px; }}
"""
