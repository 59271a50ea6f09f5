"""The packages of Debian and Ubuntu that Qt needs: which are missing, and how they come in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# The shared libraries that PySide6's wheels expect of the system, and the packages that hold them.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
ALWAYS = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6Test.so.6",
    "lib/libQt6PrintSupport.so.6",
)
WITHOUT_DISPLAY = (*ALWAYS, "plugins/platforms/libqoffscreen.so")
WITH_DISPLAY = (*WITHOUT_DISPLAY, "plugins/platforms/libqxcb.so")


class MissingError(Exception):
    """Something the computer lacks; the text says what, and how to get it."""


def missing_libraries(qt: Path, wanted: tuple[str, ...]) -> list[str]:
    """The names of the shared libraries that Qt in the folder wants and the system does not have."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    files = [str(qt / name) for name in wanted if (qt / name).exists()]
    told = subprocess.run(["ldd", *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return sorted(set(re.findall(r"(\S+) => not found", told.stdout)))


def packages_of(libraries: list[str]) -> list[str]:
    """The packages that hold the libraries; a library that nobody knows stands by its own name."""
    return sorted({PACKAGES.get(name, name) for name in libraries})


def install(packages: list[str], why: str, *, yes: bool) -> None:
    """Install packages with apt-get where that is allowed. Raises MissingError with the command where not."""
    by_hand = MissingError(f"{why} Installera det så här: sudo apt-get install -y {' '.join(packages)}")
    if not shutil.which("apt-get"):
        raise MissingError(f"{why} Installera det som motsvarar: {' '.join(packages)}")
    root = os.geteuid() == 0
    if not root and not shutil.which("sudo"):
        raise by_hand
    if not (yes or (root and not sys.stdin.isatty()) or _agreed(packages, why)):
        raise by_hand
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "DEBCONF_NOWARNINGS": "yes"}
    before = [] if root else (["sudo", "-E"] if sys.stdin.isatty() else ["sudo", "-n", "-E"])
    command = [*before, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    print(f"Installerar {' '.join(packages)}.", flush=True)
    if _quietly(command, environment):
        return
    # The lists of packages may be old or not there at all.
    if not (_quietly([*before, "apt-get", "update", "-q"], environment) and _quietly(command, environment)):
        raise by_hand


def _agreed(packages: list[str], why: str) -> bool:
    if not sys.stdin.isatty():
        return False
    answer = input(f"{why} Får {' '.join(packages)} installeras nu? [j/N] ")
    return answer.strip().lower() in ("j", "ja", "y", "yes")


def _quietly(command: list[str], environment: dict[str, str]) -> bool:
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0
