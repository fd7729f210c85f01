"""Brings Qt's own messages into the program's log, so that stderr holds nothing but what was asked."""

import logging
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("qt")

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# What a platform cannot do (raise a window without a screen, say) is no trouble of the program's.
_HARMLESS: Final = "This plugin does not support"


def route_qt_messages() -> None:
    """From now on Qt writes to the logger ``qt``."""
    qInstallMessageHandler(_log_message)


def _log_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    text = message or ""
    level = logging.DEBUG if text.startswith(_HARMLESS) else _LEVELS.get(kind, logging.WARNING)
    category = getattr(context, "category", None) or "default"
    _log.log(level, "%s: %s", category, text)
