"""The set-up script, with the machine it looks at replaced."""

from __future__ import annotations

import os
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def dev(root: Path) -> ModuleType:
    loader = SourceFileLoader("dev", str(root / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_an_old_python_is_refused_with_what_is_needed(dev: ModuleType) -> None:
    with pytest.raises(dev.Stop, match=r"3\.11 or newer; this is 3\.9"):
        dev.check_python((3, 9))


def test_missing_libraries_become_their_debian_packages(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "can_load", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr("sys.platform", "linux")
    assert dev.missing_packages({}) == ["libegl1"]


def test_without_the_right_to_install_the_line_to_run_is_printed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "privilege", lambda: None)
    with pytest.raises(dev.Stop, match=r"sudo apt-get install .* libegl1 libgl1"):
        dev.install_system_packages(["libegl1", "libgl1"])


@pytest.mark.parametrize(
    ("chosen", "driver", "build"),
    [
        ("cpu", True, "cpu"),
        ("cuda", False, "cuda"),
        ("skip", True, "skip"),
        ("", True, "cuda"),
        ("", False, "cpu"),
    ],
)
def test_the_torch_build_follows_the_driver_unless_chosen(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, chosen: str, driver: bool, build: str
) -> None:
    monkeypatch.setenv("DEV_TORCH", chosen)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    monkeypatch.setattr(dev, "can_load", lambda _: driver)
    assert dev.torch_build() == build


def test_an_unknown_torch_build_is_refused(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEV_TORCH", "gpu")
    with pytest.raises(dev.Stop, match="cpu, cuda or skip"):
        dev.torch_build()


def test_a_second_setup_installs_nothing(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text(dev.setup_fingerprint())
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "missing_packages", lambda _: [])
    monkeypatch.setattr(dev, "install_packages", lambda: pytest.fail("installed again"))
    assert dev.setup([]) == 0


def test_arguments_reach_the_application(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "setup", lambda _: 0)
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr(dev, "python", lambda *args, environment=None: called.append(args) or 0)
    assert dev.main(["run", "check", "net.weft"]) == 0
    assert dev.main(["run"]) == 0
    assert called == [("-m", "app", "check", "net.weft"), ("-m", "app", "demo")]


def test_unknown_commands_are_wrong_usage(dev: ModuleType, capsys: pytest.CaptureFixture) -> None:
    assert dev.main(["frobnicate"]) == 2
    assert "./dev run" in capsys.readouterr().out


def test_the_script_is_executable(root: Path) -> None:
    assert os.access(root / "dev", os.X_OK)
