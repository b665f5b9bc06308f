"""What the inspector says of one node: its form, shapes, parameters and problems."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.explain.asking import count_question, input_question, output_question
from app.explain.labels import NumbersLabel
from app.explain.showing import show_explanation
from app.language.numbers import count_formula, passes_formula
from app.language.sentences import family_title, in_one_line, layer_help, phrase_text
from app.look import theme
from app.look.icons import layer_icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.argument_form import ArgumentForm, takes_formulas
from app.panels.arrangement_section import ArrangementSection
from app.panels.cost_section import CostSection
from app.panels.init_section import InitSection
from app.panels.kind_section import KindSection
from app.panels.multiples_section import MultiplesSection
from app.panels.norm_section import NormSection
from app.panels.seldom import Section, Seldom
from app.panels.use_section import UseSection
from app.project.document import Document, Selection
from app.widgets.open_ports import open_texts
from app.widgets.page_parts import NameField, Page, SpecRows, heading
from graph_model.editing.repeating import may_repeat_layer
from graph_model.inference.infer import NodeResult
from graph_model.layers.kind import LayerKind
from graph_model.naming import name_complaint
from graph_model.network import Node, Port, names, rename
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.structure_problems import is_attribute

_DOCUMENTATION: Final = "https://pytorch.org/docs/stable/generated/"


class NodePage(Page):
    """A node, for as long as what :func:`identity` tells stays; others that are alike as well."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        node: Node,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.node_id = node.id
        self._kind = document.state.kind(node.kind)
        self.identity = identity(document, node)
        self._title = _Title(node.kind, self._kind)
        self._name = NameField()
        self._follows = Seldom(KindSection, document, node.id)
        self._use = UseSection(document, selection, node.id)
        self._form = ArgumentForm(document, node, self._kind) if self._kind else None
        self._arrangement = Seldom(ArrangementSection, document, node.id)
        self._multiples = Seldom(MultiplesSection, document, node.id)
        self._norm = Seldom(NormSection, document, node.id)
        self._init = Seldom(InitSection, document, node.id)
        self._inputs_title, self._inputs = heading(), SpecRows(document)
        self._outputs_title, self._outputs = heading(), SpecRows(document)
        self._required_title, self._required = heading(), QLabel()
        self._required.setTextFormat(Qt.TextFormat.PlainText)
        self._required.setWordWrap(True)
        self._count_title, self._count = heading(), NumbersLabel()
        self._cost = CostSection(document)
        self._sections: tuple[Section, ...] = (
            self._follows,
            self._use,
            *([self._form] if self._form else []),
            self._arrangement,
            self._multiples,
            self._norm,
            self._init,
        )
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setOpenExternalLinks(True)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * SPACE, 0, SPACE, 2 * SPACE)
        page.setSpacing(SPACE)
        for widget in (
            self._title,
            self._name,
            self._about,
            self._use,
            self._follows,
            *([self._form] if self._form else []),
            self._arrangement,
            self._multiples,
            self._norm,
            self._init,
            self._inputs_title,
            self._inputs,
            self._outputs_title,
            self._outputs,
            self._required_title,
            self._required,
            self._count_title,
            self._count,
            self._cost,
        ):
            page.addWidget(widget)
        page.addStretch()
        self._name.edited.connect(self._rename)
        self._inputs.asked.connect(self._explain_input)
        self._outputs.asked.connect(self._explain_output)
        self._count.asked.connect(self._explain_count)
        theme.manager().changed.connect(self._say)
        self._say()

    def show_node(self, node: Node) -> None:
        """Show a node that is like the one before in all that the page was made for."""
        if node.id != self.node_id:
            self.node_id = node.id
            self._name.begin_anew()
            for section in self._sections:
                section.node = node.id
        self.refresh()

    def refresh(self) -> None:
        """Show the node as it is now."""
        node = self._document.network.nodes[self.node_id]
        result = self._document.inference.nodes.get(node.id, NodeResult())
        self._name.show_name(node.name)
        for section in self._sections:
            section.refresh()
        kind = self._document.state.kind(node.kind)  # a block's ports may be others by now
        arguments = kind.complete(node.arguments) if kind else {}
        ports = kind.inputs(arguments) if kind else ()
        fed = [name for name in ports if Port(node.id, name) in self._document.network.edges]
        standing_in = open_texts(self._document.state, node)
        self._inputs.show_specs(result.inputs, ports, fed, standing_in)
        self._outputs.show_specs(result.outputs, kind.outputs(arguments) if kind else ())
        self._inputs_title.setVisible(not self._inputs.isHidden())
        self._outputs_title.setVisible(not self._outputs.isHidden())
        required = map(phrase_text, self._document.inference.required_of(node.id))
        self._required.setText("\n".join(required))
        self._required.setVisible(bool(self._required.text()))
        self._required_title.setVisible(bool(self._required.text()))
        formula = count_formula(result.weights) or passes_formula(result)
        self._count.show_numbers((formula,))
        self._count.setVisible(bool(formula))
        self._count_title.setVisible(bool(formula))
        self._cost.show_nodes([node.id])

    def is_of(self, node: Node) -> bool:
        """Whether this page was made for ``node``, whatever its values."""
        return node.id == self.node_id and self.identity == identity(self._document, node)

    def focus_name(self) -> None:
        """Put the cursor into the name."""
        self._name.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.line.selectAll()

    def typed_into(self, node: Node) -> str:
        """Return which argument is being typed, where a new page of the same node is needed."""
        is_other = node.id == self.node_id and not self.is_of(node)
        return self._form.focused() if self._form and is_other else ""

    def type_into(self, argument: str) -> None:
        """Put the cursor into the field of an argument."""
        if self._form:
            self._form.focus(argument)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
            if self.node_id in self._document.network.nodes:
                self.refresh()
        super().changeEvent(event)

    def _say(self) -> None:
        """Write what depends on language and theme alone."""
        name = self.tr("Name in the code")
        self._name.line.setAccessibleName(name)
        self._name.line.setToolTip(name)
        self._inputs_title.setText(self.tr("Input shapes"))
        self._outputs_title.setText(self.tr("Output shapes"))
        self._required_title.setText(self.tr("The network needs"))
        self._count_title.setText(self.tr("Parameters"))
        self._about.clear()  # else a link would keep the colour of another theme
        self._about.setText(self._about_text())
        self._about.setVisible(bool(self._about.text()))

    def _about_text(self) -> str:
        if self._kind is None:
            return ""
        text = layer_help(self._kind)
        page = documentation_page(self._kind)
        title = self.tr("PyTorch documentation")
        return f'{text} <a href="{page}">{in_one_line(title)}</a>' if page else text

    def _explain_input(self, port: str, index: int, label: NumbersLabel) -> None:
        question = input_question(self._document, self.node_id, port, index)
        show_explanation(self._document, question, label, label.extent())

    def _explain_output(self, port: str, index: int, label: NumbersLabel) -> None:
        question = output_question(self._document, self.node_id, port, index)
        show_explanation(self._document, question, label, label.extent())

    def _explain_count(self) -> None:
        question = count_question(self._document, self.node_id)
        show_explanation(self._document, question, self._count, self._count.extent())

    def _rename(self, name: str) -> None:
        network = self._document.network
        if self.node_id not in network.nodes:
            return
        taken = names(network) - {network.nodes[self.node_id].name}
        reason = name_complaint(name, is_attribute=is_attribute(network.nodes[self.node_id]))
        if reason:
            problem = Problem("bad_name", {"name": name, "reason": phrase(reason)})
            self._name.complain(problem)
        elif name in taken:
            self._name.complain(Problem("duplicate_name", {"name": name}))
        else:
            self._name.complain(None)
            self._document.edit_network(
                rename(network, self.node_id, name),
                self.tr("Rename to {0}").format(name),
                merge=f"rename {self.node_id}",
            )


class _Title(QWidget):
    """The glyph of the family, the kind, and the family's title."""

    def __init__(self, kind_name: str, kind: LayerKind | None) -> None:
        super().__init__()
        self._kind = kind
        self._icon, self._caption = QLabel(), QLabel()
        name = QLabel(kind.name if kind else kind_name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        set_role(name, "heading")
        set_role(self._caption, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._icon)
        row.addWidget(name)
        row.addStretch()
        row.addWidget(self._caption)
        theme.manager().changed.connect(self._paint)
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._paint()
        super().changeEvent(event)

    def _paint(self) -> None:
        if self._kind is not None:
            self._icon.setPixmap(layer_icon(self._kind).pixmap(20, 20))
            self._caption.setText(family_title(self._kind.family))


def identity(document: Document, node: Node) -> tuple[object, ...]:
    """Return what the page of a node is made for; it is the same for nodes that can share one."""
    kind = document.state.kind(node.kind)
    facts = (kind.name, kind.parameters) if kind else None
    may_repeat = may_repeat_layer(document.project, document.network.id, node.id, document.known)
    has_formulas = takes_formulas(document, node)
    alone = node.id if has_formulas else ""  # what is typed into its fields may be unfinished
    return alone, node.kind, facts, document.network.id, may_repeat, has_formulas


def documentation_page(kind: LayerKind) -> str:
    """Return the address of a kind's page at pytorch.org, where it has one."""
    return _DOCUMENTATION + kind.documentation if kind.documentation else ""
