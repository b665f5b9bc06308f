"""The set-up script, with the machine it looks at replaced."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EVERYTHING = {"python": "3.13", "torch": "cpu", "packages": "abc"}


@pytest.fixture
def dev(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, on a Linux machine without a screen and with no wishes stated."""
    loader = SourceFileLoader("dev", str(root / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DEV_TORCH"):
        monkeypatch.delenv(name, raising=False)
    return module


@pytest.fixture
def ran(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The programs that are run, with nothing set up and nothing really started."""
    programs: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "setup", lambda _: 0)
    monkeypatch.setattr(
        dev, "run_program", lambda *command, folder=None: programs.append(command) or 0
    )
    return programs


@pytest.fixture
def installed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The arguments of each pip that is started, every one of which succeeds."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "pip", lambda *arguments: calls.append(arguments) or "")
    return calls


@pytest.fixture
def deaf_server() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_an_old_python_is_refused_with_what_is_needed(dev: ModuleType) -> None:
    with pytest.raises(dev.SetupError, match=r"3\.11 or newer; this is 3\.9"):
        dev.check_python((3, 9))
    dev.check_python((3, 13))


@pytest.mark.parametrize(
    ("screen", "library", "missing"),
    [
        ("", "libEGL.so.1", ["libegl1"]),
        ("", "libxcb-cursor.so.0", []),
        ("DISPLAY", "libxcb-cursor.so.0", ["libxcb-cursor0"]),
        ("WAYLAND_DISPLAY", "libxcb-cursor.so.0", []),
        ("WAYLAND_DISPLAY", "libwayland-client.so.0", ["libwayland-client0"]),
    ],
)
def test_missing_libraries_become_their_debian_packages(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, screen: str, library: str, missing: list[str]
) -> None:
    monkeypatch.setattr(dev, "can_load", lambda name: name != library)
    if screen:
        monkeypatch.setenv(screen, ":7")
    assert dev.missing_libraries() == missing


def test_the_linker_is_asked_for_a_library_by_its_soname(dev: ModuleType) -> None:
    assert dev.can_load("libc.so.6")
    assert not dev.can_load("libnothing-of-this-name.so.7")


def test_without_the_right_to_install_the_line_to_run_is_printed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "privilege", lambda: None)
    monkeypatch.setattr(dev, "can_load", lambda name: name not in {"libEGL.so.1", "libGL.so.1"})
    monkeypatch.setattr(dev, "make_venv", lambda **_: pytest.fail("went on"))
    assert dev.main(["setup"]) == 1
    assert "sudo apt-get install -y --no-install-recommends libegl1 libgl1\n" in (
        capsys.readouterr().err
    )


def test_system_packages_are_installed_where_that_is_permitted(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(dev, "privilege", lambda: ["sudo", "-n"])
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "output", lambda command: ran.append(" ".join(command)) or (0, ""))
    dev.install_system_packages(["libegl1"])
    assert ran[-1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y")
    assert ran[-1].endswith(" libegl1")


def test_the_whole_suite_runs_on_all_cores_and_a_part_of_it_on_one(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, ran: list[tuple[str, ...]]
) -> None:
    monkeypatch.setattr(dev, "missing_for_screen", list)
    assert dev.main(["test"]) == 0
    assert dev.main(["test", "tests/codegen"]) == 0
    pytest_ = ("python", "-m", "pytest")
    assert ran == [(*pytest_, *dev.ON_ALL_CORES), (*pytest_, "tests/codegen")]


def test_the_suite_runs_without_the_programs_of_the_screen_and_names_them(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ran: list[tuple[str, ...]],
) -> None:
    monkeypatch.setattr(dev, "privilege", lambda: None)
    monkeypatch.setattr(dev, "can_load", lambda _: True)
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert dev.main(["test", "-x"]) == 0
    assert ran == [("python", "-m", "pytest", "-x")]
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    named = capsys.readouterr().out
    assert "skipped" in named
    assert "xvfb xdotool openbox imagemagick fontconfig fonts-wqy-microhei" in named


@pytest.mark.parametrize(("driver", "build"), [(True, "cuda"), (False, "cpu")])
def test_the_torch_build_follows_the_driver(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, driver: bool, build: str
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    monkeypatch.setattr(dev, "can_load", lambda _: driver)
    assert dev.torch_build() == build


@pytest.mark.parametrize(
    ("asked", "before", "wanted", "afresh"),
    [
        ("", "cpu", "cpu", False),
        ("", "skip", "cuda", False),
        ("cuda", "cpu", "cuda", True),
        ("cuda", "skip", "cuda", False),
        ("skip", "cuda", "skip", False),
    ],
)
def test_a_build_stays_until_another_is_asked_for(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    before: str,
    wanted: str,
    afresh: bool,
) -> None:
    monkeypatch.setenv("DEV_TORCH", asked)
    monkeypatch.setattr(dev, "torch_build", lambda: "cuda")
    present = dev.wanted_stamp({}) | {"torch": before}
    now = dev.wanted_stamp(present)
    assert now["torch"] == wanted
    assert dev.must_start_afresh(present, now) == afresh


def test_another_python_needs_a_new_environment(dev: ModuleType) -> None:
    assert dev.must_start_afresh(EVERYTHING, EVERYTHING | {"python": "3.14"})
    assert not dev.must_start_afresh(EVERYTHING, EVERYTHING | {"packages": "def"})
    assert not dev.must_start_afresh({}, EVERYTHING)


def test_an_unknown_torch_build_is_refused(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEV_TORCH", "gpu")
    assert dev.main(["setup"]) == 1
    assert "cpu, cuda or skip, not 'gpu'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("build", "index_answers", "torches"),
    [
        ("cpu", False, [("torch==2.13.0", "-c")]),
        ("cpu", True, [("torch==2.13.0", "--no-deps", "--index-url"), ("torch==2.13.0", "-c")]),
        ("cuda", True, [("torch==2.13.0", "-c")]),
        ("skip", True, []),
    ],
)
def test_torch_comes_from_its_own_index_only_for_the_cpu_and_where_that_answers(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    installed: list[tuple[str, ...]],
    build: str,
    index_answers: bool,
    torches: list[tuple[str, ...]],
) -> None:
    monkeypatch.setattr(dev, "answers", lambda _: index_answers)
    dev.install_packages(build)
    asked = [call[:-1] for call in installed if any(part.startswith("torch") for part in call)]
    assert asked == torches


def test_a_server_that_does_not_answer_is_not_waited_for(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, deaf_server: str
) -> None:
    monkeypatch.setattr(dev, "PATIENCE", 0.05)
    assert not dev.answers(deaf_server)
    assert not dev.answers("http://nowhere.invalid/")


def test_what_pip_says_is_shown_where_it_fails_and_only_there(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "output", lambda _: (0, "WARNING: Location is ignored"))
    assert dev.pip("numpy") == ""
    monkeypatch.setattr(dev, "output", lambda _: (1, "ERROR: No matching distribution"))
    with pytest.raises(dev.SetupError, match=r"No matching distribution\s+Installing numpy failed"):
        dev.need(dev.pip("numpy"), "numpy")
    assert capfd.readouterr() == ("", "")


def test_a_second_setup_installs_nothing_and_an_interrupted_one_starts_again(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[str] = []
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(dev, "can_load", lambda _: True)
    monkeypatch.setattr(dev, "make_venv", lambda *, afresh: done.append("venv"))
    monkeypatch.setattr(dev, "install_packages", done.append)
    monkeypatch.setenv("DEV_TORCH", "cpu")

    assert dev.setup([]) == dev.setup([]) == 0
    assert done == ["venv", "cpu"]

    dev.STAMP.write_text(json.dumps(dev.read_stamp() | {"packages": "older"}))
    monkeypatch.setattr(dev, "install_packages", lambda _: dev.need("no space", "PyTorch"))
    with pytest.raises(dev.SetupError, match="no space"):
        dev.setup([])
    assert not dev.STAMP.exists()


def test_a_missing_ensurepip_is_installed_as_a_system_package(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([(1, "not created successfully because ensurepip is not available"), (0, "")])
    asked: list[str] = []
    monkeypatch.setattr(dev, "output", lambda _: next(answers))
    monkeypatch.setattr(dev, "install_system_packages", asked.extend)
    dev.make_venv(afresh=False)
    assert asked == [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def test_the_pinned_versions_satisfy_the_stated_ranges(dev: ModuleType, root: Path) -> None:
    lines = (root / "constraints.txt").read_text().splitlines()
    pins = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines}
    stated = [Requirement(each) for each in [dev.TORCH, *dev.other_requirements()]]
    pins |= {"torch": dev.TORCH.split("==")[1]}
    for each in stated:
        assert each.specifier.contains(pins[canonicalize_name(each.name)]), each


def test_arguments_reach_the_application(dev: ModuleType, ran: list[tuple[str, ...]]) -> None:
    assert dev.main(["run", "check", "net.weft"]) == 0
    assert ran == [("layerweft", "check", "net.weft")]


@pytest.mark.parametrize(("display", "argument"), [(":7", "example:digits-resnet"), ("", "demo")])
def test_without_arguments_the_example_opens_or_without_a_display_the_main_job_is_done(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ran: list[tuple[str, ...]],
    display: str,
    argument: str,
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert dev.main(["run"]) == 0
    assert ran == [("layerweft", argument)]
    assert ("no display" in capsys.readouterr().out) == (not display)


def test_lint_runs_every_check_and_names_those_that_fail(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "setup", lambda _: 0)
    asked = []

    def answer(command: list[str], folder: Path) -> tuple[int, str]:
        asked.append(command)
        return int(command[-1] == "app"), "what it says\n"

    monkeypatch.setattr(dev, "output", answer)
    assert dev.main(["lint"]) == 1
    printed = capsys.readouterr()
    assert printed.err == "failed: mypy --cache-dir .mypy_cache/app app\n"
    assert printed.out.count("what it says") == len(asked) > 5
    assert "· lint-imports\n" in printed.out


def test_coverage_wants_all_of_two_packages(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "setup", lambda _: 0)
    monkeypatch.setattr(dev, "run_program", lambda *command, folder: ran.append(command) or 0)
    assert dev.main(["coverage", "-x"]) == 0
    assert {"--cov=graph_model", "--cov=codegen", "--cov-fail-under=100", "-x"} <= {*ran[0]}


def test_ctrl_c_is_left_to_the_program(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr(dev, "venv_program", lambda _: Path(sys.executable))
    text = "import os, signal; os.kill(os.getppid(), signal.SIGINT); os._exit(7)"
    before = signal.getsignal(signal.SIGINT)
    assert dev.run_program("python", "-c", text, folder=root) == 7
    assert signal.getsignal(signal.SIGINT) is before


def test_unknown_commands_are_wrong_usage(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["frobnicate"]) == 2
    assert dev.main(["--help"]) == 0
    assert capsys.readouterr().out.count("./dev run") == 2


def test_the_script_is_executable(root: Path) -> None:
    assert os.access(root / "dev", os.X_OK)
    assert os.access(root / ".ci" / "run", os.X_OK)
