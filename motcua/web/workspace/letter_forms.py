"""What is said in a letter of apology: a reason from the list, in other words if need be, a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.delay import DelayReason
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import NoticeWords
from motcua.dossiers.labels import DELIVERY_LABELS
from motcua.dossiers.services.letters import LetterWords
from motcua.web.notice_forms import LaterDay, Words

KIND_WORDS: Final = {NoticeKind.EXTENSION: "Thư gia hạn", NoticeKind.APOLOGY: "Thư xin lỗi"}
OTHER: Final = "Lý do khác, viết ở dưới"
LONGEST: Final = 1000


class LetterForm(forms.Form):
    """Nội dung thư xin lỗi."""

    reason_code = forms.ChoiceField(
        label="Lý do chậm",
        required=False,
        error_messages={"invalid_choice": "Chọn một lý do trong danh sách."},
    )
    reason = Words(
        "Viết rõ hơn, in thay câu trên (không bắt buộc)",
        3,
        max_length=LONGEST,
        help_text="Không nêu tên người khác: người nộp đọc nguyên văn.",
    )
    new_day = LaterDay(
        "Ngày hẹn mới",
        help_text="Một ngày làm việc; gõ 31032021 hoặc 31/3/2021.",
        error_messages={"required": "Ghi ngày hẹn mới."},
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        reasons: Sequence[DelayReason],
        on: date,
        words: NoticeWords | None = None,
        prefix: str | None = None,
    ) -> None:
        self.sentences = {reason.code: reason.sentence for reason in reasons}
        super().__init__(data, prefix=prefix, initial=self._initial(words))
        code = self.fields["reason_code"]
        code.choices = [*self.sentences.items(), ("", OTHER)]
        self.fields["new_day"].on = on

    def _initial(self, words: NoticeWords | None) -> dict[str, str]:
        if words is None or words.new_due_at is None:
            return {}
        code = words.reason_code if words.reason_code in self.sentences else ""
        is_sentence = words.reason == self.sentences.get(code)
        return {
            "reason_code": code,
            "reason": "" if is_sentence else words.reason,
            "new_day": spoken.day(office(words.new_due_at).date()),
        }

    def clean(self) -> dict[str, Any]:
        """Require a reason: from the list, or in words."""
        said = super().clean() or {}
        if "reason" in said and not said.get("reason_code") and not said["reason"]:
            self.add_error("reason", "Chọn một lý do trong danh sách, hoặc viết lý do ở đây.")
        return said

    @property
    def words(self) -> LetterWords:
        """What was typed, as the service takes it."""
        code = self.cleaned_data["reason_code"]
        return LetterWords(
            new_day=self.cleaned_data["new_day"],
            reason=self.cleaned_data["reason"] or self.sentences[code],
            reason_code=code,
        )


class DeliveryForm(forms.Form):
    """Gửi thư: how the letters reach their applicants."""

    delivery = forms.ChoiceField(
        label="Gửi cho người nộp bằng cách nào",
        choices=list(DELIVERY_LABELS.items()),
        error_messages={"required": "Chọn cách gửi.", "invalid_choice": "Chọn một cách gửi."},
    )
