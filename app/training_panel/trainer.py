"""Starts and steers one run at a time; where one trains shows it, the actions ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.language.numbers import duration
from app.language.sentences import problem_sentence, translate, what_is_wrong
from app.late import late
from app.project.document import Document
from app.runs.folder import new_folder
from app.torch_loader import TorchLoader
from app.training.free_memory import free_on
from app.training_panel.data_watch import DataWatch
from app.training_panel.destination import Destination, Where
from app.training_panel.devices import Devices
from graph_model.editing.differences import is_same_model
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipes.facts import DataFacts

if TYPE_CHECKING:
    from app.runs.events import Event, NotKept
    from app.runs.job import Beginning, Job
    from app.runs.store import Run
    from app.training.control import Control
    from app.training_panel.session import TrainingSession

_STORE: Final = "app.runs.store"
_JOB: Final = "app.runs.job"
_QUESTIONS: Final = "app.training_panel.questions"


class Trainer(QObject):
    """Trains the network of a document; the questions it asks lie above ``window``.

    A run begins once ``torch`` has been loaded; until then it is asked for and waited for.

    ``state_changed`` says that :attr:`can_start`, :attr:`is_running` or :attr:`is_paused` differ.
    ``progressed`` carries the fraction done, or ``None``, what is under way, and the time left.
    ``run_asked`` says that a run will begin, for what is to show it; ``run_started`` and
    ``run_ended`` frame every run. ``problem_found`` carries what one ended with, ``script_wanted``
    asks for a script to take away, where that is to train, ``place_wanted`` to show a place.
    """

    state_changed = Signal()
    progressed = Signal(object, str, str)
    problem_found = Signal(object)
    run_asked = Signal()
    run_started = Signal()
    run_ended = Signal()
    script_wanted = Signal()
    place_wanted = Signal(object)

    def __init__(self, document: Document, window: QWidget, torch: TorchLoader) -> None:
        super().__init__(window)
        self._document, self._window, self.torch = document, window, torch
        self.is_waiting = False
        """Whether a run begins as soon as PyTorch is there."""
        self._is_single_step = False
        self._make_job: Callable[[], Job | None] = self._new_job
        self._session: TrainingSession | None = None
        self._watched_run: Run | None = None
        self.watch = DataWatch(document)
        self.job: Job | None = None
        """The last run that was started."""
        self.devices = Devices(self)
        self.destination = Destination(self)
        """Where the next run is done."""
        self._is_scripted, self._host = False, ""
        self.is_isolated = False
        """Whether the next run trains in a process of its own."""
        self.goes_on = False
        """Whether the next run begins with the best weights of the last one."""
        self.beginning: Beginning | None = None
        """The weights that the next run begins with, where others were chosen."""
        self.watch.changed.connect(self.state_changed)
        self.destination.changed.connect(self.state_changed)
        document.changed.connect(self.state_changed)
        document.replaced.connect(lambda: self.begin_with(None))

    @property
    def session(self) -> TrainingSession:
        """The run under way, or the last one."""
        if self._session is None:
            session: TrainingSession = late("app.training_panel.session").TrainingSession(self)
            session.state_changed.connect(self.state_changed)
            session.progressed.connect(self._progress)
            session.ended.connect(self._end)
            self._session = session
            late("app.training_panel.noticing").Noticing(self._document, self)
        return self._session

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, paused or not."""
        return self._session is not None and self._session.is_running

    @property
    def is_paused(self) -> bool:
        """Whether the run under way waits."""
        return self._session is not None and self._session.is_paused

    @property
    def can_start(self) -> bool:
        """Whether nothing stands between the network and a run."""
        is_right = not self._document.main.has_errors and self.destination.problem is None
        return self.is_free and is_right and self.watch.fits

    @property
    def is_free(self) -> bool:
        """Whether no run is under way, nor about to be."""
        return not self.is_running and not self.is_waiting

    @property
    def obstacle(self) -> str:
        """Say what stands between the network and a run; nothing where nothing does."""
        wrong, facts = what_is_wrong(self._document.main), self.watch.facts
        if self.can_start:
            return ""
        if self.is_running:
            return translate("TrainingPanel", "A training is running.")
        if self.is_waiting:
            return translate("TrainingPanel", "PyTorch is being loaded.")
        if wrong:
            return wrong
        if facts is None:
            return translate("TrainingPanel", "The data are being read.")
        if not isinstance(facts, DataFacts):
            return translate("TrainingPanel", "The data cannot be read.")
        if self.destination.problem is not None and self.watch.fits:
            return problem_sentence(self.destination.problem)
        return translate("TrainingPanel", "The recipe does not suit the network or the data.")

    @property
    def watching_obstacle(self) -> str:
        """Say why nothing can be seen of the steps of a run, nothing where it can."""
        shared = self._document.project.recipe.option("distributed")
        if not self.is_running and self.destination.where is Where.SLURM:
            return translate("TrainingPanel", "A script for a cluster is not watched from here.")
        if shared is not None and shared.arguments.get("parallel") == "FSDP2":
            return translate("TrainingPanel", "With FSDP2 no process has the gradients whole.")
        return ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether the run under way, or else the next one, is done on another computer."""
        return bool(self._host) if self.is_running else self.destination.where is not Where.HERE

    @property
    def is_compiled(self) -> bool:
        """Whether one program is made of the network that it trains."""
        job = self.job if self.is_running else None
        recipe = (job or self._document).project.recipe
        return recipe.option("compile") is not None

    @property
    def step_obstacle(self) -> str:
        """Say why no single step can be taken, in a run or at its start; nothing where one can."""
        if self.is_running:
            is_scripted = self._is_scripted
        else:
            shared = self._document.project.recipe.option("distributed") is not None
            is_scripted = shared or self.destination.where is not Where.HERE
        if not is_scripted:
            return ""
        return translate(
            "TrainingPanel",
            "Single steps can be taken where one process trains on this computer.",
        )

    @property
    def host(self) -> str:
        """The other computer on which the run under way is done, if it is on one."""
        return self._host if self.is_running else ""

    def show_obstacle(self) -> None:
        """Ask to be taken to the first error of the network, where that is what stands there."""
        wrong = [each for each in self._document.main.problems if each.is_error]
        if wrong and not self.is_running:
            self.problem_found.emit(wrong[0])

    def weights_of(self, project: Project) -> Path | None:
        """Return the weights that the last run kept, where it trained this very network."""
        job = self.job
        if job is None or job.folder is None or not is_same_model(job.project, project):
            return None
        weights: Path | None = late(_STORE).kept_weights(job.folder)
        return weights

    def start(self) -> None:
        """Start a run, or go on with one that is paused."""
        if self.is_paused:
            self.session.pause()
        elif not self.is_running:
            self._ask(single_step=False)

    def _ask(self, *, single_step: bool) -> None:
        """Begin a run as soon as PyTorch is there, and say so."""
        self._document.settle()
        self.watch.refresh()  # the network may have been edited just now
        if self.can_start and self.destination.where is Where.SLURM:
            self.script_wanted.emit()
        elif self.can_start and self._memory_suffices():
            self._begin_soon(self._new_job, single_step=single_step)

    def go_on(self, run: Run, epochs: int = 0) -> None:
        """Go on with a run that was interrupted, or for so many epochs in all."""
        store = late(_STORE)
        project = store.trained_project(run.folder)
        if project is None:
            path = str(store.project_file(run.folder))
            self.problem_found.emit(Problem("no_checkpoint", {"path": path}))
        elif self.is_free:
            recipe = store.recipe_further(run, project.recipe, epochs) if epochs else project.recipe
            job = late(_JOB).Job(
                replace(project, recipe=recipe),
                run.device,
                run.folder,
                resumes=True,
                known=self._document.known,
            )
            self._watched_run = run if run.goes_on_elsewhere else None
            self._begin_soon(lambda: job, single_step=False)

    def _begin_soon(self, make_job: Callable[[], Job | None], *, single_step: bool) -> None:
        """Begin as soon as PyTorch is there with the job that is made then."""
        self._make_job, self._is_single_step = make_job, single_step
        self.is_waiting = True
        self.run_asked.emit()
        self.state_changed.emit()
        self._say_loading()
        self.torch.when_loaded(self._begin)

    def tell(self) -> None:
        """Say once more how far a run is, in the language in use."""
        if self.is_running and self.session.record.started is not None:
            self._progress()
        elif not self.is_free:
            self._say_loading()

    def _say_loading(self) -> None:
        self.progressed.emit(None, translate("TrainingPanel", "Loading…"), "")

    def _begin(self) -> None:
        """Begin the run, whose thread now has nothing to import, where it still may."""
        is_wanted, self.is_waiting = self.is_waiting, False
        job = self._make_job() if is_wanted and self.is_free else None
        if job is None:
            self.state_changed.emit()
            return
        self.job = job
        self.session.start(self._doing(job))
        if self._is_single_step and not self._is_scripted:
            self.session.step()
        self.run_started.emit()
        self._say_loading()

    def _doing(self, job: Job) -> Callable[[Control], Iterator[Event]]:
        """Return what does a job, and remember what that can do."""
        engine = late("app.training_panel.session").engine
        self._is_scripted, self._host = True, ""
        if job.resumes and (watched := self._watched_run) is not None:
            self._host = watched.host
            return partial(engine("ssh", "watch"), job)
        if not job.resumes and self.destination.where is Where.HOST:
            self._host = self.destination.host.name
            return partial(engine("ssh", "train_on"), self.destination.host, job)
        if job.recipe.option("distributed") is not None:
            return partial(engine("torchrun", "train_shared"), job)
        self._is_scripted = False
        if self.is_isolated:
            return partial(engine("process", "train_in_process"), job)
        return partial(engine("engine", "train"), job)

    def _new_job(self) -> Job | None:
        """Return the job of training the network as it is now, where that can be done."""
        if not self.can_start:
            return None
        project = self._document.project
        weights = self.weights_of(project) if self.goes_on else None
        folder = new_folder(project.network.name)
        begin = late(_JOB).Beginning(weights) if weights is not None else None
        begin = self.beginning or begin
        is_here = self.destination.where is Where.HERE
        device = self.devices.current if is_here else self.destination.device
        job: Job = late(_JOB).Job(project, device, folder, begin, known=self._document.known)
        return job

    def pause(self) -> None:
        """Pause the run, or go on with it."""
        if self.is_running:
            self.session.pause()

    def step(self) -> None:
        """Do one step and pause; start a run with a single step where there is none."""
        if self.step_obstacle:
            return
        if self.is_running:
            self.session.step()
        else:
            self._ask(single_step=True)

    def stop(self) -> None:
        """End the run, keeping its weights; where they cannot be kept, ask about them."""
        if self.not_kept is not None and self.not_kept.is_over:
            self.give_up()
        elif self.is_running:
            self.session.stop()
        elif self.is_waiting:
            self.is_waiting = False
            self.state_changed.emit()

    def begin_with(self, beginning: Beginning | None) -> None:
        """Begin the next runs with these weights; ``None`` stands for new ones."""
        self.beginning = beginning
        self.state_changed.emit()

    def may_close(self) -> bool:
        """Ask what is to become of a run under way; say whether the window may close."""
        if not self.is_running:
            return True
        host, questions = self.host, late(_QUESTIONS)
        if not (
            questions.agrees_to_leave(self._window, host)
            if host
            else questions.agrees_to_stop(self._window)
        ):
            return False
        self.session.leave()
        leaving = late("app.training_panel.leaving").LeavingDialog(self, self._window)
        return bool(leaving.has_ended())

    @property
    def has_nothing_yet(self) -> bool:
        """Whether the run under way, in this process or its own, has not begun."""
        return self.is_running and not self._is_scripted and self.session.record.started is None

    @property
    def not_kept(self) -> NotKept | None:
        """Why the run under way cannot be kept just now, if it cannot."""
        return self.session.record.not_kept if self.is_running else None

    def keep_elsewhere(self) -> None:
        """Ask for a place where the run is to be kept from now on, with all of it so far."""
        chosen = late(_QUESTIONS).place_for_run(self._window)
        if chosen is not None and self.is_running and self.job is not None:
            self.session.keep_in(new_folder(self.job.project.network.name, chosen))

    def give_up(self) -> None:
        """Ask whether a run that is over but cannot be kept may be lost."""
        if late(_QUESTIONS).agrees_to_lose(self._window):
            self.session.give_up()

    def _memory_suffices(self) -> bool:
        """Warn of a run that may not fit into memory; return whether to start it."""
        facts = self.watch.facts
        assert isinstance(facts, DataFacts)
        if self.destination.where is not Where.HERE:
            return True
        estimate = late("app.training.estimate")
        free = free_on(self.devices.current)
        needed = estimate.estimate(self._document.project.recipe, self._document.main, facts, free)
        problem = estimate.memory_problem(needed, free, self.devices.current)
        return problem is None or late(_QUESTIONS).agrees_to_start(self._window, problem)

    def _progress(self) -> None:
        record = self.session.record
        if record.kept_in and self.job is not None and self.job.folder != Path(record.kept_in):
            self.job = replace(self.job, folder=Path(record.kept_in))
        if record.started is None or record.ended is not None:
            return
        if record.not_kept is not None and record.not_kept.is_over:
            over = translate("TrainingPanel", "Training is over")
            self.progressed.emit(None, over, translate("TrainingPanel", "not kept yet"))
            return
        if record.unreached is not None:
            text = translate("TrainingPanel", "Out of reach")
            again = translate("TrainingPanel", "tried again")
            self.progressed.emit(record.fraction, text, again)
            return
        epoch = min(len(record.epochs) + 1, record.started.epochs)
        text = translate("TrainingPanel", "Epoch {0}/{1}").format(epoch, record.started.epochs)
        left = record.seconds_left()
        time = translate("TrainingPanel", "{0} left").format(duration(left)) if left else ""
        self.progressed.emit(record.fraction, text, time)

    def _end(self, event: object) -> None:
        if isinstance(event, late("app.runs.events").Failed):
            self.problem_found.emit(event.problem)
        self.run_ended.emit()
