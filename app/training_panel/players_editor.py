"""Who trains what where there are several losses: one optimizer for all, or one for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from app.widgets.page_parts import discard
from app.widgets.staying_menu import StayingMenu, choosing
from graph_model.network import NodeId
from graph_model.recipe import TURN, Choice, NodePath, Player
from graph_model.recipes.binding import trained_outputs
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.players import Turn, turns, with_own_optimizers
from graph_model.recipes.within import closed, everything, opened, title, trainable
from graph_model.values import Value


class PlayersEditor(QWidget):
    """Edits the players of a recipe; ``edited`` carries all of them, none for a weighted sum."""

    edited = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._shown: object = None
        self._own = QCheckBox()
        self._own.toggled.connect(lambda on: self._part(is_parted=on))
        self._help = QLabel()
        self._help.setWordWrap(True)
        set_role(self._help, "caption")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE)
        self._editors: dict[NodeId, tuple[ChoiceEditor, ParameterForm]] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addWidget(self._own)
        box.addWidget(self._help)
        box.addLayout(self._rows)
        self.refresh()

    @property
    def has_several(self) -> bool:
        """Whether there are several losses, of which each could have an optimizer."""
        return len(trained_outputs(self._document.project.recipe, self._document.main)) > 1

    @property
    def has_all_own(self) -> bool:
        """Whether every loss has an optimizer of its own, chosen here and not for all together."""
        own, found = {each.output for each in self._players}, self._turns
        return bool(found) and all(each.outputs[0] in own for each in found)

    @property
    def summary(self) -> str:
        """What is chosen, in a few words."""
        found = self._turns
        return self.tr("%n optimizer(s)", "", len(found)) if found else self.tr("a weighted sum")

    @property
    def _turns(self) -> Sequence[Turn]:
        return turns(self._document.project.recipe, self._document.main)

    @property
    def _players(self) -> tuple[Player, ...]:
        return self._document.project.recipe.players

    def refresh(self) -> None:
        """Show what the recipe says."""
        found = self._turns
        could = [*everything(self._document.main)] if found else ()
        structure = (
            tuple((each.outputs, each.trains, each.reaches) for each in found),
            tuple(self._name(id) for each in found for id in each.outputs),
            tuple((each.title, each.is_frozen) for each in could),
        )
        if structure != self._shown:
            self._shown = structure
            self._rebuild(found)
        for each in self._players:
            if each.output in self._editors:
                optimizer, often = self._editors[each.output]
                optimizer.show_choice(each.optimizer or self._document.project.recipe.optimizer)
                often.show_arguments({TURN.name: each.every}, {})

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._shown = None
            self.refresh()
        super().changeEvent(event)

    def _part(self, *, is_parted: bool) -> None:
        project = self._document.project
        own = with_own_optimizers(project.recipe, self._document.main).players
        self.edited.emit(own if is_parted else ())

    def _rebuild(self, found: Sequence[Turn]) -> None:
        self._own.blockSignals(True)
        self._own.setChecked(bool(found))
        self._own.blockSignals(False)
        self._own.setText(self.tr("An optimizer for each loss"))
        self._help.setText(
            self.tr("On each batch they take their steps in this order.")
            if found
            else self.tr("One optimizer moves all weights down the weighted sum of the losses.")
        )
        self._editors.clear()
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())
        own = {each.output: each for each in self._players}
        for place, turn in enumerate(found):
            output = turn.outputs[0]
            self._rows.addWidget(
                self._page(own[output], turn, place) if output in own else self._rest(turn)
            )

    def _page(self, player: Player, turn: Turn, place: int) -> QWidget:
        """Return what shows one player: its loss, what it trains, by what, and how often."""
        page, box = _column()
        head = QHBoxLayout()
        head.addWidget(self._title(turn), 1)
        if place:
            sooner = QToolButton()
            sooner.setText("↑")
            sooner.setAutoRaise(True)
            sooner.setToolTip(self.tr("Take its step sooner"))
            sooner.setAccessibleName(sooner.toolTip())
            sooner.clicked.connect(partial(self._move_up, player.output))
            head.addWidget(sooner)
        box.addLayout(head)
        box.addWidget(self._trains(player, turn))
        recipe = self._document.project.recipe
        optimizer = ChoiceEditor(OPTIMIZERS, player.optimizer or recipe.optimizer)
        optimizer.edited.connect(partial(self._set_optimizer, player.output))
        often = ParameterForm((TURN,), {TURN.name: player.every})
        often.edited.connect(lambda _, value: self._set_every(player.output, value))
        often.reset.connect(lambda _: self._set_every(player.output, 1))
        self._editors[player.output] = optimizer, often
        box.addWidget(optimizer)
        box.addWidget(often)
        return page

    def _rest(self, turn: Turn) -> QWidget:
        """Return what shows the losses that have no optimizer of their own."""
        page, box = _column()
        box.addWidget(self._title(turn))
        told = QLabel(self.tr("Trains what is left, by the optimizer above."))
        told.setWordWrap(True)
        set_role(told, "caption")
        box.addWidget(told)
        return page

    def _title(self, turn: Turn) -> QLabel:
        label = QLabel(" + ".join(map(self._name, turn.outputs)))
        set_role(label, "heading")
        return label

    def _trains(self, player: Player, turn: Turn) -> QWidget:
        """Return the row that names what a player trains, with a menu of all that it could."""
        names = ", ".join(map(self._name, turn.trains)) or self.tr("nothing")
        button, menu = choosing()
        button.setText(names)
        button.setToolTip(names)
        leaves = trainable(self._document.main)
        within = turn.reaches | turn.moves
        for each in everything(self._document.main, as_drawn=True):
            if opened(each.path, leaves) & within:
                action = menu.addAction(each.title)
                action.setCheckable(True)
                action.setData(each.path)
                action.triggered.connect(partial(self._toggle, menu, action))
        self._check(menu, turn.moves)
        menu.aboutToHide.connect(partial(self._set_trains, player.output, turn.moves, menu))
        label = QLabel(self.tr("Trains"))
        set_role(label, "caption")
        button.setAccessibleName(f"{label.text()}: {names}")
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(label)
        row.addWidget(button, 1)
        return page

    def _name(self, path: NodePath) -> str:
        return title(path, self._document.main)

    def _check(self, menu: StayingMenu, moves: Collection[NodePath]) -> None:
        """Check what is trained whole: blocks of which all is, and what lies in them."""
        leaves = trainable(self._document.main)
        for action in menu.actions():
            action.setChecked(opened(action.data(), leaves) <= frozenset(moves))

    def _toggle(self, menu: StayingMenu, action: QAction) -> None:
        """Let the marks of a block and of what lies in it follow one another."""
        meant = opened(action.data(), trainable(self._document.main))
        moves = self._checked(menu) - meant
        self._check(menu, moves | meant if action.isChecked() else moves)

    def _checked(self, menu: StayingMenu) -> frozenset[NodePath]:
        """Return the layers whose own mark is set."""
        leaves = {*trainable(self._document.main)}
        marked = (each.data() for each in menu.actions() if each.isChecked())
        return frozenset(leaves.intersection(marked))

    def _set_trains(self, output: NodeId, before: frozenset[NodePath], menu: StayingMenu) -> None:
        chosen = self._checked(menu)
        if chosen != before:
            self._set(output, trains=closed(chosen, trainable(self._document.main)))

    def _set_optimizer(self, output: NodeId, optimizer: Choice) -> None:
        self._set(output, optimizer=optimizer)

    def _set_every(self, output: NodeId, every: Value) -> None:
        self._set(output, every=every)

    def _set(self, output: NodeId, **changes: object) -> None:
        players = tuple(
            replace(each, **changes) if each.output == output else each  # type: ignore[arg-type]
            for each in self._players
        )
        if players != self._players:
            self.edited.emit(players)

    def _move_up(self, output: NodeId) -> None:
        """Let a player take its step before the one that is before it."""
        players = [*self._players]
        place = next(at for at, each in enumerate(players) if each.output == output)
        players.insert(max(0, place - 1), players.pop(place))
        self.edited.emit(tuple(players))


def _column() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(SPACE // 2)
    return page, box
