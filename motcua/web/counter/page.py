"""The reception page: what was typed so far, and what follows from it."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest

from motcua.agencies.models import Officer
from motcua.catalogue.models import ProcedureVersion
from motcua.domain import spoken, typed
from motcua.domain.calendar import office
from motcua.domain.checklist import Mark, missing
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.reception import Filing, PapersMissing
from motcua.web.counter.at_hand import AtHand
from motcua.web.counter.filing import FilingForm, earlier_filings
from motcua.web.counter.forms import page_token
from motcua.web.counter.page_values import filing_names, names_worth_keeping
from motcua.web.counter.people import PeopleForm, known_values
from motcua.web.counter.person_look_up import PersonLookUp
from motcua.web.counter.slip import Slip, slip_of
from motcua.web.wording import explain

MOST_TOGETHER: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Hồ sơ đã thêm: one filing added before on this page."""

    position: int
    form: FilingForm
    slip: Slip | None

    @property
    def name(self) -> str:
        """The procedure, or what there was of it."""
        version = self.form.version
        return version.procedure.name if version else self.form.data.get("procedure", "")


class ReceptionPage:
    """One reception page of one officer; everything is asked for when it is first needed."""

    def __init__(
        self, request: HttpRequest, values: Mapping[str, str], token: uuid.UUID | None = None
    ) -> None:
        assert request.acting.officer is not None
        self.officer: Officer = request.acting.officer
        self.unit = request.acting.unit
        self.counter = request.acting.counter
        self.at = request.at
        self.on = office(request.at).date()
        self.values = dict(values)
        self.token = token or page_token(values)
        self.at_hand = AtHand(
            self.officer,
            unit=self.unit,
            counter=self.counter,
            at=self.at,
            last_signer=request.session.get("signer", ""),
        )
        self.looked = PersonLookUp(self.values)
        self.is_checked = False
        self.problem = ""

    @cached_property
    def version(self) -> ProcedureVersion | None:
        """The version of the procedure chosen so far."""
        return self.at_hand.version(self.values.get("procedure", ""))

    @property
    def begun_key(self) -> int | None:
        """The key of the dossier this was before it was complete; None for a new one."""
        return _whole(self, "begun")

    @cached_property
    def begun(self) -> Dossier | None:
        """The dossier this was before it was complete, as long as it is not accepted."""
        waiting = Dossier.objects.filter(pk=self.begun_key, unit=self.unit, accepted_at=None)
        return waiting.first() if self.begun_key is not None else None

    @cached_property
    def people(self) -> PeopleForm:
        """The people typed so far."""
        return PeopleForm(self.values, on=self.on, is_checked=self.is_checked)

    @cached_property
    def filing(self) -> FilingForm:
        """The filing typed so far."""
        return self._filing_form(self.values, self.version)

    @cached_property
    def earlier(self) -> list[Earlier]:
        """The filings added before on this page."""
        rows = earlier_filings(self.values.get("earlier", ""))[:MOST_TOGETHER]
        added = []
        for position, row in enumerate(rows, start=1):
            version = self.at_hand.version(row.get("procedure", ""))
            form = self._filing_form(row, version)
            form.is_valid()
            slip = slip_of(form, unit=self.unit, at=self.at)
            added.append(Earlier(position=position, form=form, slip=slip))
        return added

    @cached_property
    def slip(self) -> Slip | None:
        """The slip to be of the filing typed so far; None without a procedure."""
        self.filing.is_valid()
        return slip_of(self.filing, unit=self.unit, at=self.at)

    @property
    def fee(self) -> int:
        """What is due for everything on the page, in đồng."""
        slips = [added.slip for added in self.earlier] + [self.slip]
        return sum(slip.fee for slip in slips if slip is not None)

    @property
    def number(self) -> int:
        """How many dossiers the receipt of this page would hold."""
        return len(self.earlier) + (1 if self.slip else 0)

    @property
    def days_read(self) -> dict[str, dict[str, str]]:
        """What typed dates of birth are read as, where they are written another way."""
        read = {}
        for name in ("person_born", "owner_born"):
            text = self.values.get(name, "")
            try:
                day = spoken.day(typed.read_date(text, latest=self.on))
            except (typed.DateUnreadable, typed.DateTooLate):
                continue
            if day != text:
                read[name] = {"typed": text, "read": day}
        return read

    @cached_property
    def found(self) -> list[ProcedureVersion]:
        """What the typed words mean."""
        return self.at_hand.found(self.values.get("search", ""))

    @property
    def is_fast(self) -> bool:
        """Whether the page is the fast lane: received and returned in one act."""
        return self.filing.is_returned_at_once

    @property
    def is_pinned(self) -> bool:
        """Whether the chosen procedure is pinned to a key."""
        return self.version is not None and self.at_hand.is_pinned(self.version)

    @property
    def checked_forms(self) -> list[Any]:
        """The forms whose errors are to be said."""
        only_earlier = self.earlier and not self.values.get("procedure")
        return [self.people] if only_earlier else [self.people, self.filing]

    @property
    def title(self) -> str:
        """What a list of drafts calls this page: who, and what for."""
        said = self.values
        name = said.get("owner_name") or said.get("person_name")
        number = said.get("owner_id") or said.get("person_id")
        who = name or (f"số {number}" if number else "chưa có tên")
        names = [added.name for added in self.earlier]
        if self.version:
            names.append(self.version.procedure.name)
        elif said.get("search"):
            names.append(f"đang tìm “{said['search']}”")
        return f"{who} · {'; '.join(names) or 'chưa chọn thủ tục'}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing worth keeping has been typed."""
        return not names_worth_keeping(self.values)

    @property
    def cautions(self) -> list[str]:
        """What the officer should know before accepting; nothing here stops them."""
        said = self.values
        owner = "owner" if said.get("for_other") else "person"
        if not said.get(f"{owner}_name") and not said.get("person_name"):
            return []
        other = self.looked.known_by_another_name()
        if other:
            return [other]
        has_id = said.get("person_id") or said.get(f"{owner}_id")
        has_phone = said.get("person_phone") or said.get(f"{owner}_phone")
        if not has_id and not has_phone:
            return [
                "Không có số định danh và điện thoại: người dân sẽ không tự tra cứu được hồ sơ."
            ]
        if not has_id:
            return ["Không có số định danh: vẫn tiếp nhận được; tra cứu bằng số điện thoại."]
        if not has_phone and not self.is_fast:
            return ["Không có điện thoại: không báo được cho người dân khi có kết quả."]
        return []

    def look_up(self, *, clear_broken_scans: bool = False) -> None:
        """Fill in the people; on demand half a scan makes room for the next one."""
        self.looked.look_up()
        if clear_broken_scans:
            self.looked.clear_broken_scans()
        self.__dict__.pop("people", None)

    def fill_previous(self) -> None:
        """Fill in who stood here last today."""
        person = self.at_hand.person_before
        if person is not None:
            self.values.update(known_values(person, "person"))
            self.looked.note = f"Người trước: {person.full_name}."

    def choose(self, code: str) -> None:
        """Begin a filing under the procedure of that code; the people stay."""
        for name in filing_names(self.values):
            del self.values[name]
        self.values["procedure"] = code
        self.values["search"] = ""
        for name in ("version", "filing", "slip"):
            self.__dict__.pop(name, None)

    def all_papers(self) -> None:
        """Mark every compulsory paper as handed in or shown, as it is asked for."""
        for row in self.filing.paper_rows():
            paper = row["paper"]
            if paper.compulsory and paper.shown_only:
                self.values[f"paper_{paper.position}_kind"] = Mark.SHOWN.value
            elif paper.compulsory and not row["count"]:
                kind = next(code for code, _words, is_asked in row["kinds"] if is_asked)
                self.values[f"paper_{paper.position}_kind"] = kind
                asked = paper.originals or paper.certified or paper.photocopies or 1
                self.values[f"paper_{paper.position}_count"] = str(asked)
        for name in ("filing", "slip"):
            self.__dict__.pop(name, None)

    def add(self) -> bool:
        """Put the filing typed so far beside the earlier ones; whether it was complete."""
        if not self.check_filing() or len(self.earlier) >= MOST_TOGETHER - 1:
            return False
        rows = earlier_filings(self.values.get("earlier", ""))
        names = filing_names(self.values)
        rows.append(
            {name: self.values[name] for name in [*names, "return_channel"] if name in self.values}
        )
        self._keep_earlier(rows)
        self.choose("")
        self.is_checked = False
        return True

    def drop(self, position: str) -> None:
        """Take an earlier filing off the page again."""
        rows = earlier_filings(self.values.get("earlier", ""))
        if position.isascii() and position.isdigit() and 1 <= int(position) <= len(rows):
            del rows[int(position) - 1]
            self._keep_earlier(rows)

    def check(self) -> bool:
        """Check everything for acceptance; the errors stand on the forms."""
        self.__dict__.pop("people", None)
        self.is_checked = True
        people_valid = self.people.is_valid()
        only_earlier = self.earlier and not self.values.get("procedure")
        filing_valid = bool(only_earlier) or self.check_filing()
        return people_valid and filing_valid and self._check_earlier()

    def check_filing(self) -> bool:
        """Check the filing typed so far; the errors stand on its form."""
        self.is_checked = True
        if not self.filing.is_valid():
            return False
        absent = missing(self.filing.required, self.filing.papers())
        if absent:
            self.filing.add_error(None, explain(PapersMissing(absent)))
            return False
        return True

    def check_to_turn_away(self) -> bool:
        """Check what has to be known of a request that is not accepted: papers may be missing."""
        self.__dict__.pop("people", None)
        self.is_checked = True
        people_valid, filing_valid = self.people.is_valid(), self.filing.is_valid()
        if self.earlier:
            self.people.add_error(
                None,
                "Trang còn hồ sơ khác đã thêm. Tiếp nhận hoặc bỏ các hồ sơ ấy trước, rồi lập phiếu "
                "cho hồ sơ chưa đủ.",
            )
        return people_valid and filing_valid and not self.earlier

    def filings(self) -> list[Filing]:
        """Return the values of every filing on the page; call it when `check` said yes."""
        parties = self.people.parties()
        filings = [added.form.filing(parties) for added in self.earlier]
        if self.values.get("procedure"):
            own = self.filing.filing(parties)
            filings.append(replace(own, begun=self.begun_key, seen_revision=_whole(self, "seen")))
        return filings

    def _check_earlier(self) -> bool:
        wrong = [
            added
            for added in self.earlier
            if not added.form.is_valid() or missing(added.form.required, added.form.papers())
        ]
        for added in wrong:
            self.people.add_error(
                None,
                f"Hồ sơ {added.position} đã thêm ({added.name}) không còn hợp lệ. "
                "Bỏ hồ sơ này rồi thêm lại.",
            )
        return not wrong

    def _filing_form(
        self, values: Mapping[str, str], version: ProcedureVersion | None
    ) -> FilingForm:
        at_once = version is not None and version.is_settled_at_once
        return FilingForm(values, version=version, signers=self.at_hand.signers if at_once else ())

    def _keep_earlier(self, rows: list[dict[str, str]]) -> None:
        self.values["earlier"] = json.dumps(rows, ensure_ascii=False) if rows else ""
        self.__dict__.pop("earlier", None)


def _whole(page: ReceptionPage, name: str) -> int | None:
    """Return a key the page carries; None where there is none to read."""
    text = page.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
