"""The states of the window: what is done to come to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from tools.window_gallery.colour_scenes import COLOUR_SCENES
from tools.window_gallery.data_scenes import DATA_SCENES
from tools.window_gallery.question_scenes import QUESTION_SCENES
from tools.window_gallery.sample_scenes import SAMPLE_SCENES
from tools.window_gallery.stage import Stage
from tools.window_gallery.value_scenes import VALUE_SCENES


def _welcome(stage: Stage) -> None:
    stage.window.workspaces.show_welcome()


def _summary(stage: Stage) -> None:
    stage.open("digits-resnet")


def _layer(stage: Stage) -> None:
    stage.open("digits-resnet")
    stage.select("conv1")


def _several(stage: Stage) -> None:
    stage.open("fashion-cnn")
    stage.select(*[each.name for each in list(stage.window.document.network.nodes.values())[1:5]])


def _use_of_block(stage: Stage) -> None:
    stage.open("resnet-50")
    stage.select("layer2")


def _within_block(stage: Stage) -> None:
    stage.open("resnet-50")
    for use in ("layer2", "first"):
        stage.select(use)
        stage.window.canvas.levels.open_block()
        stage.wait(0.6)


def _wire(stage: Stage) -> None:
    stage.open("digits-resnet")
    stage.window.selection.set((), [next(iter(stage.window.document.network.edges))])


def _large(stage: Stage) -> None:
    stage.open("gpt-2")
    stage.window.canvas.fit()


def _quick_add(stage: Stage) -> None:
    stage.open("digits-resnet")
    stage.select("conv1")
    stage.window.canvas.ask_for_layer()
    stage.window.canvas.quick_add.line.setText("conv 64 3 s2")
    stage.wait()


def _palette(stage: Stage) -> None:
    stage.open("digits-resnet")
    is_chinese = stage.window.store.value.language == "zh_CN"
    stage.window.palette_panel.search.setText("池化" if is_chinese else "norm")


def _commands(stage: Stage) -> None:
    stage.window.palette_panel.search.clear()
    stage.window.actions_by_id["commands"].trigger()


def _broken(stage: Stage) -> None:
    from graph_model.network import disconnect, set_arguments, with_network

    def change(project: Any) -> Any:
        network = project.network
        wrong = set_arguments(network, "linear1", {"in_features": 77, "out_features": 64})
        return with_network(project, wrong)

    stage.open("fashion-mlp", change)
    last = list(stage.window.document.network.edges)[-1]
    document = stage.window.document
    document.edit_network(disconnect(document.network, [last]), "")
    stage.window.actions_by_id["show_problems"].trigger()


def _layers(stage: Stage) -> None:
    stage.open("resnet-50")
    stage.window.actions_by_id["show_layers"].trigger()


def _menu(stage: Stage) -> None:
    from app.canvas.menu import offer_menu

    stage.open("digits-resnet")
    stage.select("conv1")
    stage.window.actions_by_id["show_code"].trigger()
    canvas = stage.window.canvas
    at = canvas.viewport().mapToGlobal(canvas.viewport().rect().center() / 2)
    offer_menu(canvas, stage.window.actions_by_id, at, canvas.area().center())


def _bar_menu(index: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        bar = stage.window.top_bar.menus
        action = bar.actions()[index]
        menu = action.menu()
        menu.popup(bar.mapToGlobal(bar.actionGeometry(action).bottomLeft()))

    return show


def _custom(stage: Stage) -> None:
    stage.open("digits-resnet")
    stage.window.actions_by_id["new_layer"].trigger()
    stage.wait(1.0)


def _explained(stage: Stage) -> None:
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtTest import QTest

    stage.open("digits-resnet")
    canvas = stage.window.canvas
    card = canvas.canvas.cards[stage.node("conv1")]
    canvas.look_at(1.0, card.pos() + QPointF(0, 150))
    stage.wait()
    at = canvas.mapFromScene(card.count_area().center())
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def _before(stage: Stage) -> None:
    stage.open("fashion-cnn")
    stage.go("train")
    stage.until(lambda: stage.window.trainer.can_start)


def _opened(*sections: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        for name, section in stage.recipe.sections.items():
            section.set_open(name in sections)
        stage.wait()
        stage.recipe.ensureWidgetVisible(stage.recipe.sections[sections[0]], 0, 4000)
        stage.recipe.ensureWidgetVisible(stage.recipe.sections[sections[0]])

    return show


def _players(stage: Stage) -> None:
    stage.open("digits-gan")
    stage.go("train")
    stage.until(lambda: stage.window.trainer.can_start)
    _opened("players")(stage)


def _trains(stage: Stage) -> Any:
    from PySide6.QtWidgets import QToolButton

    _players(stage)
    buttons = stage.recipe.players.findChildren(QToolButton)
    return next(each for each in buttons if each.isVisible() and each.menu() is not None)


def _transforms(stage: Stage) -> Any:
    stage.open("iris-mlp")
    stage.go("train")
    stage.until(lambda: stage.window.trainer.can_start)
    _opened("transforms")(stage)
    stage.recipe.transforms.menu.aboutToShow.emit()
    return stage.recipe.transforms.add_button


def _for_epochs(project: Any, epochs: int) -> Any:
    return replace(project, recipe=replace(project.recipe, epochs=epochs))


def _during(stage: Stage) -> None:
    _opened("objectives")(stage)
    stage.open("digits-resnet", lambda project: _for_epochs(project, 4))
    stage.recipe.sections["objectives"].set_open(False)
    stage.train(epochs=3)
    stage.window.trainer.pause()


def _after(stage: Stage) -> None:
    trainer = stage.window.trainer
    if not trainer.is_running:
        _during(stage)
    trainer.pause()
    stage.until(lambda: not trainer.is_running)


def _curves(stage: Stage) -> None:
    stage.window.workspaces.training.inside._tabs.setCurrentIndex(0)


def _players_trained(stage: Stage) -> None:
    stage.open("digits-gan")
    stage.train(epochs=1)
    stage.window.trainer.stop()
    stage.until(lambda: not stage.window.trainer.is_running)


def _pictures(stage: Stage) -> None:
    stage.open("fashion-autoencoder", lambda project: _for_epochs(project, 2))
    stage.train(epochs=1)
    panel = stage.window.workspaces.training.inside
    stage.until(lambda: panel._tabs.isTabVisible(2))
    panel._tabs.setCurrentIndex(2)
    stage.window.trainer.stop()
    stage.until(lambda: not stage.window.trainer.is_running)


def _figures(stage: Stage) -> None:
    stage.open("iris-mlp", lambda project: _for_epochs(project, 5))
    stage.train(epochs=5)
    stage.until(lambda: not stage.window.trainer.is_running)


def _runs(stage: Stage) -> None:
    stage.go("runs")
    stage.until(lambda: stage.runs.list.runs)
    stage.wait(0.6)


def _comparison(stage: Stage) -> None:
    stage.runs.list.table.selectAll()
    stage.wait(0.6)


def _export(stage: Stage) -> None:
    stage.go("draw")
    with stage.asked("export-dialog"):
        stage.window.taking_away.export()


def _unsaved(stage: Stage) -> None:
    document = stage.window.document
    document.edit_network(replace(document.network, name="Changed"), "Rename")
    with stage.asked("unsaved-question"):
        stage.window.files.may_discard()


def _prompt(stage: Stage) -> None:
    stage.open("fashion-cnn")
    names = [each.name for each in stage.window.document.network.nodes.values()]
    stage.select(*names[1:4])
    stage.window.actions_by_id["make_block"].trigger()


def _empty(stage: Stage) -> None:
    stage.window.document.history.setClean()
    stage.window.files.new()
    stage.go("draw")


def _node_with_problem(stage: Stage) -> None:
    _broken(stage)
    stage.select("linear1")


def _rightwards(stage: Stage) -> None:
    stage.open("googlenet")
    stage.window.canvas.arranging.set_direction("right")


def _custom_layer(stage: Stage) -> None:
    from tests.custom_layers import SWISH, project_with

    project, _ = project_with(SWISH)
    stage.window.document.history.setClean()
    stage.window.document.open(project, None)
    stage.wait(1.0)
    stage.select("node0")
    stage.window.actions_by_id["show_problems"].trigger()


def _menu_of(field: Callable[[Stage], Any]) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        button = field(stage)
        button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    return show


def _metrics(stage: Stage) -> Any:
    from PySide6.QtWidgets import QToolButton

    _opened("objectives")(stage)
    buttons = stage.recipe.objectives.findChildren(QToolButton)
    return next(each for each in buttons if each.isVisible() and each.menu() is not None)


def _options(stage: Stage) -> Any:
    _opened("options")(stage)
    return stage.recipe.options.add_button


def _with_options(stage: Stage) -> None:
    for kind in ("clip_grad_norm", "early_stopping", "accumulate"):
        stage.recipe.options._add(kind)
    _opened("options")(stage)


def _augmented(stage: Stage) -> None:
    stage.open("fashion-augmented")
    stage.go("train")
    stage.until(lambda: stage.window.trainer.can_start)
    _opened("split", "transforms")(stage)


def _further(stage: Stage) -> None:
    stage.go("runs")
    stage.runs.list.table.choose([])
    stage.wait(0.6)
    with stage.asked("runs-further-prompt"):
        stage.runs._ask_to_go_on()


def _allowed(stage: Stage) -> None:
    stage.window.actions_by_id["allowed_code"].trigger()


def _delete_runs(stage: Stage) -> None:
    stage.go("runs")
    with stage.asked("delete-runs-question"):
        stage.runs._ask_to_delete()


def _about(stage: Stage) -> None:
    stage.go("draw")
    with stage.asked("about-box"):
        stage.window.navigation.show_about()


SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "welcome": _welcome,
    "draw-empty": _empty,
    "draw-summary": _summary,
    "draw-layer": _layer,
    "draw-several": _several,
    "draw-block-use": _use_of_block,
    "draw-block-within": _within_block,
    "draw-wire": _wire,
    "draw-large": _large,
    "draw-quick-add": _quick_add,
    "draw-palette": _palette,
    "draw-commands": _commands,
    "draw-problems": _broken,
    "draw-node-problem": _node_with_problem,
    "draw-rightwards": _rightwards,
    "draw-custom-layer": _custom_layer,
    "draw-layers": _layers,
    "draw-menu": _menu,
    "menu-file": _bar_menu(0),
    "menu-edit": _bar_menu(1),
    "menu-block": _bar_menu(2),
    "menu-view": _bar_menu(3),
    "menu-train": _bar_menu(4),
    "menu-help": _bar_menu(5),
    "menu-language": _menu_of(lambda stage: stage.window.top_bar._language),
    "draw-prompt": _prompt,
    "draw-explained": _explained,
    "custom-editor": _custom,
    "custom-allowed": _allowed,
    **DATA_SCENES,
    **SAMPLE_SCENES,
    "train-transforms": _augmented,
    "train-before": _before,
    "train-objectives": _opened("objectives"),
    "train-optimizer": _opened("optimizer", "schedule"),
    "train-metrics-menu": _menu_of(_metrics),
    "train-options-menu": _menu_of(_options),
    "train-options": _with_options,
    "train-split": _opened("split", "beginning"),
    "train-players": _players,
    "train-players-menu": _menu_of(_trains),
    "train-transforms-menu": _menu_of(_transforms),
    "train-during": _during,
    "train-after": _after,
    "train-after-curves": _curves,
    "train-players-after": _players_trained,
    "train-pictures": _pictures,
    "train-figures": _figures,
    "runs-list": _runs,
    "runs-comparison": _comparison,
    "runs-further": _further,
    "dialog-export": _export,
    "dialog-unsaved": _unsaved,
    "dialog-delete": _delete_runs,
    "dialog-about": _about,
    **COLOUR_SCENES,
    **VALUE_SCENES,
    **QUESTION_SCENES,
}
