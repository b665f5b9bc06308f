"""A file on a desk, in a program of its own: it can be dragged from there onto any window.

python -m tests.screen.drag_source FILE

Prints where it lies, then what came of each drag.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE = QRect(1140, 690, 130, 70)


class DesktopFile(QLabel):
    """Offers a file to be copied or moved, as file managers do."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self._path = path
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlags(flags | Qt.WindowType.X11BypassWindowManagerHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(PLACE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag, data = QDrag(self), QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._path))])
        drag.setMimeData(data)
        done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        print(done.name, flush=True)


def main() -> int:
    """Lie there until the process is ended."""
    application = QApplication(sys.argv[:1])
    file = DesktopFile(Path(sys.argv[1]))
    file.show()
    print("shown", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
