"""What the rules of history refuse one by one: a random life passes over it."""

from motcua.domain.consultation import ConsultationRefused
from motcua.domain.history import HandedBackAlready
from motcua.domain.passage import RecallRefused
from motcua.domain.process import StepNotAllowed
from motcua.domain.promise import NothingExcused
from motcua.domain.standing import ApologyRefused, ExtensionRefused

REFUSALS = (
    StepNotAllowed,
    ExtensionRefused,
    ApologyRefused,
    ConsultationRefused,
    RecallRefused,
    NothingExcused,
    HandedBackAlready,
)
