"""Paint every kind of widget in both themes, to look at: ``python tools/gallery.py FOLDER``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.look import icons, theme
from app.look.style import set_role
from app.look.theme import SPACE, Mode

CODE = """class Net(nn.Module):
    def forward(self, input: Tensor) -> Tensor:
        x = self.conv1(input)  # (N, 16, 28, 28)
        return self.linear(x)  # (N, 10)
"""


def with_role(widget: QWidget, role: str, severity: str = "") -> QWidget:
    """Give a widget its role and return it."""
    set_role(widget, role, severity)
    return widget


def column(*widgets: QWidget) -> QWidget:
    """Stack widgets on a panel."""
    panel = QWidget()
    set_role(panel, "panel")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch()
    return panel


def row(*widgets: QWidget) -> QWidget:
    """Put widgets side by side."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch()
    return line


def disabled(widget: QWidget) -> QWidget:
    """Disable a widget and return it."""
    widget.setEnabled(False)
    return widget


def checked(widget: QCheckBox | QRadioButton | QPushButton | QToolButton) -> QWidget:
    """Check a widget and return it."""
    widget.setCheckable(True)
    widget.setChecked(True)
    return widget


def tool(name: str, text: str = "") -> QToolButton:
    """Return a tool button with an icon."""
    button = QToolButton(text=text)
    icons.follow(button, name)
    if text:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def buttons() -> QWidget:
    """Return the buttons, labels and switches."""
    folded = QCheckBox("Some of them")
    folded.setTristate(True)
    folded.setCheckState(Qt.CheckState.PartiallyChecked)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(60)
    progress = QProgressBar()
    progress.setValue(40)
    banner = with_role(QFrame(), "banner", "warning")
    layout = QHBoxLayout(banner)
    layout.addWidget(QLabel("The network has errors; this is the last good code."))
    layout.addWidget(with_role(QPushButton("Show"), "link"))
    texts = ("heading", "muted", "caption", "error", "warning", "success")
    return column(
        row(with_role(QPushButton("Start training"), "primary"), QPushButton("Cancel"),
            with_role(QPushButton("Delete"), "danger"), with_role(QPushButton("Undo"), "link")),
        row(disabled(with_role(QPushButton("Start training"), "primary")),
            disabled(QPushButton("Cancel")), checked(QPushButton("Checked"))),
        row(tool("run"), tool("pause"), tool("step"), tool("stop"), disabled(tool("undo")),
            checked(tool("minimap")), tool("export", "Export"), tool("open", "打开…")),
        row(checked(QCheckBox("bias")), QCheckBox("ceil_mode"), folded,
            disabled(checked(QCheckBox("off")))),
        row(checked(QRadioButton("Light")), QRadioButton("Dark"), disabled(QRadioButton("No"))),
        row(*(with_role(QLabel(text.title()), text) for text in texts)),
        row(*(with_role(QLabel(text), "chip", severity) for text, severity in
              (("N×64×28×28", ""), ("3 errors", "error"), ("2 warnings", "warning"),
               ("0.97", "success")))),
        slider, progress, banner,
        QLabel("卷积层 · 批归一化 · 学习率 0.001 · 准确率 97.3 % · 共 1,792 个参数"),
    )  # fmt: skip


def fields() -> QWidget:
    """Return the fields of a form."""
    panel = column()
    form = QFormLayout()
    form.setSpacing(SPACE)
    integer, real = QSpinBox(maximum=10**6, value=64), QDoubleSpinBox(value=0.1)
    for box in (integer, real):
        box.lineEdit().setTextMargins(5, 0, 0, 0)  # out of reach of the stylesheet
    choice = QComboBox()
    choice.addItems(["zeros", "reflect", "replicate"])
    wrong = QLineEdit("-3")
    wrong.setProperty("invalid", "true")
    form.addRow("out_channels", integer)
    form.addRow("dropout", real)
    form.addRow("padding_mode", choice)
    form.addRow("name", QLineEdit("conv1"))
    form.addRow("search", QLineEdit(placeholderText="Search layers"))
    form.addRow("kernel_size", wrong)
    form.addRow("in_channels", disabled(QLineEdit("auto (3)")))
    form.addRow("device", disabled(QComboBox()))
    panel.layout().insertLayout(0, form)
    return panel


def lists() -> QWidget:
    """Return a tree, a list and a table."""
    tree = QTreeWidget(headerHidden=True)
    tree.ensurePolished()
    for family in list(theme.LIGHT.families)[:5]:
        branch = QTreeWidgetItem(tree, [family.replace("_", " ").capitalize()])
        colour = theme.current().family(family).name()
        branch.setIcon(0, QIcon(icons.pixmap(f"family/{family}", colour)))
        QTreeWidgetItem(branch, ["Conv2d"])
    tree.expandItem(tree.topLevelItem(2))
    tree.setCurrentItem(tree.topLevelItem(1))
    names = QListWidget()
    names.ensurePolished()  # a list that is laid out before it is polished keeps its old heights
    names.addItems(["Add a Flatten before it", "Set in_features to 784", *("more",) * 20])
    names.setCurrentRow(1)
    table = QTableWidget(3, 3)
    table.setHorizontalHeaderLabels(["Run", "Accuracy", "Loss"])
    table.verticalHeader().hide()
    for number in range(9):
        table.setItem(number // 3, number % 3, QTableWidgetItem(f"{number * 0.1111:.3f}"))
    splitter = QSplitter()
    for each in (tree, names, table):
        splitter.addWidget(each)
    return splitter


class Swatches(QWidget):
    """The colours of families, dtypes and curves, on cards."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(150)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one card per family, then a line per dtype and curve."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.color("canvas"))
        for number, family in enumerate(look.families):
            x, y = 12 + number % 7 * 168, 12 + number // 7 * 60
            painter.setPen(look.color("border"))
            painter.setBrush(look.color("raised"))
            painter.drawRoundedRect(x, y, 156, 48, 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.family(family))
            painter.drawRoundedRect(x, y, 4, 48, 2, 2)
            painter.drawPixmap(
                x + 14, y + 8, icons.pixmap(f"family/{family}", look.families[family], 16)
            )
            painter.setPen(look.color("text"))
            painter.setFont(theme.ui_font(13, QFont.Weight.DemiBold))
            painter.drawText(x + 38, y + 21, family)
            painter.setPen(look.color("text_muted"))
            painter.setFont(theme.monospace_font(12))
            painter.drawText(x + 14, y + 40, "N×64×28×28")
        for number, colour in enumerate([*look.dtypes.values(), *look.curves]):
            painter.fillRect(12 + number * 60, 132, 52, 2, QColor(colour))


def window() -> QMainWindow:
    """Return the gallery."""
    tabs = QTabWidget()
    code = with_role(QPlainTextEdit(CODE), "code")
    code.setFont(theme.monospace_font())
    for title, page in (("Code", code), ("Problems", QWidget()), ("训练", QWidget())):
        tabs.addTab(page, title)
    content = QWidget()
    layout = QGridLayout(content)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(1)
    layout.addWidget(Swatches(), 0, 0, 1, 2)
    layout.addWidget(buttons(), 1, 0)
    layout.addWidget(fields(), 1, 1)
    layout.addWidget(lists(), 2, 0)
    layout.addWidget(tabs, 2, 1)
    result = QMainWindow()
    result.setCentralWidget(content)
    for title in ("File", "Edit", "视图"):
        result.menuBar().addMenu(title)
    result.statusBar().addWidget(QLabel("Epoch 3 of 10 · 1 min 12 s left"))
    result.resize(1280, 800)
    return result


def menu() -> QMenu:
    """Return a menu with all that a menu may hold."""
    result = QMenu()
    for name in ("undo", "redo", "copy"):
        result.addAction(icons.icon(name), name.capitalize()).setShortcut("Ctrl+Z")
    result.addSeparator()
    grid = result.addAction("Show the minimap")
    grid.setCheckable(True)
    grid.setChecked(True)
    result.addAction("Not now").setEnabled(False)
    result.addMenu("Recent")
    result.adjustSize()
    return result


def main(folder: Path) -> None:
    """Write one picture for each theme."""
    application = QApplication.instance() or QApplication([])
    theme.manager().install()
    folder.mkdir(parents=True, exist_ok=True)
    for mode in (Mode.LIGHT, Mode.DARK):
        theme.manager().set_mode(mode)
        shown = window()
        shown.show()
        application.processEvents()
        picture = shown.grab()
        painter = QPainter(picture)
        painter.drawPixmap(1020, 330, menu().grab())
        painter.end()
        picture.save(str(folder / f"{mode.value}.png"))
        shown.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
