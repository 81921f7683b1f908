"""Listens for second starts of the program on the same archive (`services/handover.py`)."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.services import handover

log = logging.getLogger(__name__)
_PATIENCE = 5_000  # milliseconds that a caller may take for his one line
_MOST_CALLERS = 8


class Instance(QObject):
    """Tells of the wishes of second starts: `asked` carries a `handover.Request`."""

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._came)

    def listen(self, archive: Path) -> None:
        """Listen for those who start the program on an archive, which this one has locked."""
        self.close()
        try:
            place = handover.address(archive)
        except EnvironmentProblem as problem:
            log.info("no second start will find this one: %s", problem)
            return
        if sys.platform != "win32":
            # The archive's lock is ours: whoever had this socket was killed.
            Path(place).unlink(missing_ok=True)
        if not self._server.listen(place):
            log.info("no second start will find this one: %s", self._server.errorString())

    @property
    def listens(self) -> bool:
        """Whether second starts find this one."""
        return self._server.isListening()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _came(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            _Caller(caller, self)


class _Caller(QObject):
    """One connection: a line is read, told and answered; whoever says more or less is cut off."""

    def __init__(self, line: QLocalSocket, instance: Instance) -> None:
        super().__init__(instance)
        self._instance = instance
        self._line = line
        line.setParent(self)
        # More than the longest line is not even read.
        line.setReadBufferSize(handover.LONGEST + 1)
        line.readyRead.connect(self._read)
        line.disconnected.connect(self.deleteLater)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._cut_off)
        self._patience.start(_PATIENCE)
        self._read()

    def _read(self) -> None:
        if not self._line.canReadLine():
            if self._line.bytesAvailable() >= handover.LONGEST:
                self._cut_off()
            return
        try:
            request = handover.decode(bytes(self._line.readLine(handover.LONGEST).data()))
        except handover.BadRequestError as error:
            self._say(handover.answer(str(error)))
            return
        self._say(handover.answer())
        self._instance.asked.emit(request)

    def _cut_off(self) -> None:
        self._line.abort()

    def _say(self, words: bytes) -> None:
        self._line.readyRead.disconnect(self._read)
        self._line.write(words)
        self._line.flush()
        self._line.disconnectFromServer()
