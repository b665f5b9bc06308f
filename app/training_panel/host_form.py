"""How another computer is reached: its name, what it has where, and whether that is so."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.background import Latest
from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font
from app.runs.hosts import Host
from app.training_panel.destination import Destination
from app.widgets.button import Button
from app.widgets.forms import LABEL_WIDTH, ROOM_FOR_RESET
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.problems import Problem

_DEVICES = ("cpu", "cuda", "mps")


class HostForm(QWidget):
    """Edits the host of a destination, and asks it what it has."""

    def __init__(self, destination: Destination) -> None:
        super().__init__()
        self._destination = destination
        self.host, self.folder, self.python = QLineEdit(), QLineEdit(), QLineEdit()
        self.device = unmoved_by_wheel(QComboBox())
        self.device.addItems(_DEVICES)
        self.device.setEditable(True)
        self.device.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.check = Button()
        """Asks the host."""
        self.answer = QLabel()
        """What came of that."""
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.hide()
        self._labels: dict[str, QLabel] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACE // 2)
        fields = {"host": self.host, "folder": self.folder, "python": self.python}
        for name, field in (*fields.items(), ("device", self.device)):
            self._add(name, field)
        self._rows.addWidget(self.check, alignment=Qt.AlignmentFlag.AlignLeft)
        self._rows.addWidget(self.answer)
        for field in fields.values():
            field.editingFinished.connect(self._take)
        self.device.currentTextChanged.connect(lambda _: self._take())
        self.check.clicked.connect(self.ask)
        self._asking = Latest(self)
        self._asking.done.connect(self._show_answer)
        destination.changed.connect(self._show)
        self._show()
        self._retranslate()

    def ask(self) -> None:
        """Ask the host what it has, beside the window."""
        self._take()
        host = self._destination.host
        if host.problem is not None:
            self._show_answer(host.problem)
            return
        self._say(self.tr("Asking {0}…").format(host.name), "muted")
        self._asking.ask(_facts_of, host)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _add(self, name: str, field: QWidget) -> None:
        label = QLabel(name)
        label.setFont(monospace_font(SMALL))
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(field)
        field.setMinimumWidth(64)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label)
        row.addWidget(field, 1)
        row.addSpacing(ROOM_FOR_RESET)
        self._labels[name] = label
        self._rows.addLayout(row)

    def _take(self) -> None:
        """Take what was typed; what is left empty is as usual."""
        usual = Host(self.host.text().strip())
        python, folder = self.python.text().strip(), self.folder.text().strip()
        host = Host(usual.name, python or usual.python, folder or usual.folder)
        device = self.device.currentText().strip() or "cpu"
        if (host, device) != (self._destination.host, self._destination.device):
            self.answer.hide()
            self._destination.name(host, device)

    def _show(self) -> None:
        host = self._destination.host
        texts = ((self.host, host.name), (self.folder, host.folder), (self.python, host.python))
        for field, text in texts:
            if field.text() != text:
                field.setText(text)
        if self.device.currentText() != self._destination.device:
            self.device.setCurrentText(self._destination.device)

    def _show_answer(self, answer: tuple[str, str, int] | Problem) -> None:
        if isinstance(answer, Problem):
            self._say(problem_sentence(answer), "error")
            return
        python, torch, gpus = answer
        told = self.tr("Python {0}, PyTorch {1}, %n GPU(s)", "", gpus).format(python, torch)
        self._say(told, "muted")
        if gpus and self.device.currentText() == "cpu":
            self.device.setCurrentText("cuda")

    def _say(self, text: str, role: str) -> None:
        set_role(self.answer, role)
        self.answer.setText(text)
        self.answer.show()

    def _retranslate(self) -> None:
        for field, name, tip in (
            (self.host, "host", self.tr("As ssh takes it: me@gpu.lab, or a name of ~/.ssh/config")),
            (self.folder, "folder", self.tr("The folder there in which each run gets its own")),
            (self.python, "python", self.tr("The Python there that has PyTorch")),
            (self.device, "device", self.tr("The device there, as PyTorch names it")),
        ):
            field.setToolTip(tip)
            field.setAccessibleName(tip)
            self._labels[name].setToolTip(tip)
        self.host.setPlaceholderText(self.tr("me@gpu.lab"))
        self.check.setText(self.tr("Try the connection"))
        self.check.setToolTip(self.tr("Log in, and ask for Python, PyTorch and GPUs there"))


def _facts_of(host: Host) -> tuple[str, str, int] | Problem:
    """Ask a host; runs beside the window, where PyTorch may be loaded meanwhile."""
    ssh = import_module("app.training.ssh")
    facts: tuple[str, str, int] | Problem = ssh.facts_of(host)
    return facts
