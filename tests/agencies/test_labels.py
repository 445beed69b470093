"""What people call who does a step."""

import pytest

from motcua.agencies.labels import who_does
from motcua.domain.process import Performer, Role, Step, StepKind


@pytest.mark.parametrize(
    ("kind", "role", "called"),
    [
        (StepKind.RECEIVE, Role.RECEPTION, "Cán bộ tiếp nhận"),
        (StepKind.HANDLE, Role.HANDLER, "Cán bộ thụ lý"),
        (StepKind.APPRAISE, Role.HANDLER, "Cán bộ thụ lý"),
        (StepKind.APPROVE, Role.APPROVER, "Người ký duyệt"),
        (StepKind.SEAL, Role.HANDLER, "Văn thư"),
        (StepKind.SEAL, Role.RECEPTION, "Cán bộ tiếp nhận"),
        (StepKind.RETURN, Role.RECEPTION, "Cán bộ trả kết quả"),
    ],
)
def test_each_step_is_said_to_be_done_by_who_people_say_does_it(kind, role, called):
    assert who_does(Step(code="1", kind=kind, role=role, performer=Performer.UNIT)) == called
