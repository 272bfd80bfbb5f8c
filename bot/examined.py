"""What doctor says of one thing it looked at; platforms say it of theirs in the same words."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Examined:
    """`setting`: the variable to change where that is the mend."""

    name: str
    state: Literal["ok", "fault", "off"]
    detail: str
    remedy: str = ""
    setting: str = ""
