"""Letters of apology and extension, written and proposed: one each, with the reason there is."""

from datetime import date, datetime, timedelta

import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark
from motcua.domain.dossier import Action, ActionNotAllowed
from motcua.domain.notice import NoticeKind, NoticeMoveNotAllowed
from motcua.domain.notice_words import AskedFor, NoticeWords
from motcua.domain.standing import ApologyFlaw, ApologyRefused, ExtensionFlaw, ExtensionRefused
from motcua.dossiers import letter_queries
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.seals import stored_seals
from motcua.dossiers.services import daily, letters, notices
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.letters import LetterWords
from motcua.dossiers.services.notices import NoticeMoved, NotTheirNotice
from tests.world import APPROVED, TAKEN, walk

# Accepted Wednesday 17 March 2021, five working days: due Wednesday the 24th at 17:00.
DUE = datetime(2021, 3, 24, 17, tzinfo=OFFICE_ZONE)


def march(day, hour=7, minute=30):
    return datetime(2021, 3, day, hour, minute, tzinfo=OFFICE_ZONE)


LAST_DAY_TO_ASK = march(23)
LATE = march(25)
WORDS = LetterWords(new_day=date(2021, 3, 31), reason="Phải xác minh tại nơi cư trú trước.")


@pytest.fixture
def dossier(world):
    return walk(world, world.receive(), TAKEN)


def on_their_way():
    return [(letter.kind, letter.status) for letter in letter_queries.on_their_way()]


def done(at):
    found = daily.run(at=at)
    return {
        name: number
        for name in ("extensions", "apologies", "stops", "given_up")
        if (number := getattr(found, name))
    }


def approve(world, letter, at, **how):
    return letters.approve(
        notice_id=letter.pk,
        officer=world.officers["approver"],
        at=at,
        seen_revision=letter.revision,
        **how,
    )


def send(world, letter, at, by="reception"):
    return notices.send(
        notice_id=letter.pk,
        delivery="phone",
        officer=world.officers[by],
        at=at,
        seen_revision=letter.revision,
    )


def the_letter():
    return letter_queries.on_their_way().get()


def test_a_quiet_morning_proposes_nothing(world, dossier):
    assert done(march(18)) == {}
    assert done(march(22)) == {}


def test_the_last_day_to_ask_proposes_an_extension_that_moves_the_promise_when_sent(world, dossier):
    assert done(LAST_DAY_TO_ASK) == {"extensions": 1}
    letter = the_letter()
    assert (letter.drafted_by, letter.responsible_step) == (None, "handle")
    assert letter.reason and letter.reason_code == "not_finished"
    # Two days once more from Tuesday, one to sign, four hours to seal.
    assert letter.new_due_at == march(29, 17, 0)
    sent = send(world, approve(world, letter, LAST_DAY_TO_ASK), march(23, 8))
    after = Dossier.objects.get(pk=dossier.pk)
    assert (after.due_at, after.promised_at, after.announced_at) == (march(29, 17, 0), DUE, None)
    assert (sent.event.action, sent.event.note) == ("extend", letter.reason)
    assert after.seal == stored_seals(Dossier.objects.all())[after.pk]


def test_a_late_dossier_gets_one_apology_and_stays_late(world, dossier):
    assert done(LATE) == {"apologies": 1}
    assert done(LATE) == {}
    send(world, approve(world, the_letter(), LATE), march(25, 8))
    after = Dossier.objects.get(pk=dossier.pk)
    assert after.due_at == after.promised_at == DUE
    assert after.announced_at == march(31, 17, 0)
    for day in (26, 30):
        assert done(march(day)) == {}
    assert done(datetime(2021, 4, 20, 8, tzinfo=OFFICE_ZONE)) == {}


def test_on_the_due_date_no_letter_is_lawful(world, dossier):
    assert done(march(24)) == {}
    with pytest.raises(ExtensionRefused) as refused:
        letters.write(
            dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=march(24)
        )
    assert refused.value.flaw is ExtensionFlaw.ASKED_TOO_LATE


def test_a_second_extension_is_refused_and_an_apology_may_follow(world, dossier):
    done(LAST_DAY_TO_ASK)
    send(world, approve(world, the_letter(), LAST_DAY_TO_ASK), march(23, 8))
    assert done(march(26)) == {}
    with pytest.raises(ExtensionRefused) as refused:
        letters.write(
            dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=march(24)
        )
    assert refused.value.flaw is ExtensionFlaw.ALREADY_EXTENDED
    assert done(march(30)) == {"apologies": 1}


def test_a_second_apology_is_refused(world, dossier):
    done(LATE)
    send(world, approve(world, the_letter(), LATE), march(25, 8))
    with pytest.raises(ApologyRefused) as refused:
        letters.write(
            dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=march(26)
        )
    assert refused.value.flaw is ApologyFlaw.ALREADY_APOLOGISED


def test_an_extension_not_sent_in_time_gives_way_to_an_apology_with_the_same_reason(world, dossier):
    letters.write(
        dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=march(22)
    )
    approved = approve(world, the_letter(), march(22, 9))
    assert done(march(24)) == {"given_up": 1}
    assert Notice.objects.get(pk=approved.pk).cancel_reason.startswith("Đã qua ngày cuối cùng")
    assert done(LATE) == {"apologies": 1}


def test_a_late_dossiers_extension_turns_into_an_apology(world, dossier):
    letters.write(
        dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=march(22)
    )
    extension = approve(world, the_letter(), march(22, 9))
    with pytest.raises(ExtensionRefused) as refused:
        send(world, extension, LATE)
    assert refused.value.flaw is ExtensionFlaw.ASKED_TOO_LATE
    assert done(LATE) == {"given_up": 1, "apologies": 1}
    apology = the_letter()
    assert (apology.kind, apology.reason) == ("apology", WORDS.reason)


def test_an_officer_who_writes_when_it_is_late_writes_an_apology(world, dossier):
    done(LAST_DAY_TO_ASK)
    letters.write(dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=LATE)
    assert on_their_way() == [("apology", "draft")]
    letter = the_letter()
    assert (letter.reason, letter.new_due_at) == (WORDS.reason, march(31, 17, 0))
    assert letter.drafted_by == world.officers["handler"]


def test_a_proposal_becomes_the_officers_who_rewrites_it(world, dossier):
    done(LATE)
    letters.write(dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=LATE)
    letter = the_letter()
    assert (letter.drafted_by, letter.reason) == (world.officers["handler"], WORDS.reason)
    assert done(LATE) == {}


def test_settled_in_time_the_proposal_is_given_up(world, dossier):
    done(LAST_DAY_TO_ASK)
    walk(world, dossier, [(Action.PROPOSE, "handler"), (Action.APPROVE, "approver")])
    assert done(LAST_DAY_TO_ASK) == {"given_up": 1}
    assert Notice.objects.get().cancel_reason == "Các bước còn lại kịp ngày hẹn trả."
    assert Notice.objects.get().cancelled_by is None


def test_settled_before_it_is_sent_the_letter_cannot_be_sent_and_is_given_up(world, dossier):
    done(LATE)
    approved = approve(world, the_letter(), LATE)
    road = [*APPROVED[len(TAKEN) :], (Action.ISSUE_RESULT, "handler")]
    walk(world, dossier, road, every=timedelta(days=2, hours=20))
    with pytest.raises(ActionNotAllowed):
        send(world, approved, march(27))
    assert done(march(29)) == {"given_up": 1}
    assert Dossier.objects.get(pk=dossier.pk).announced_at is None


def test_a_paused_dossiers_proposal_is_given_up(world, dossier):
    done(LATE)
    walk(world, dossier, [(Action.SUSPEND, "approver")])
    assert done(LATE) == {"given_up": 1}


def test_a_proposal_left_lying_names_a_date_that_is_still_to_come(world, dossier):
    done(LATE)
    stale = the_letter()
    later = datetime(2021, 4, 12, 7, 30, tzinfo=OFFICE_ZONE)
    with pytest.raises(ApologyRefused) as refused:
        approve(world, stale, later)
    assert refused.value.flaw is ApologyFlaw.DATE_PAST
    assert done(later) == {"given_up": 1, "apologies": 1}
    assert the_letter().new_due_at > later


def test_what_the_signer_gave_up_is_proposed_again_the_next_day(world, dossier):
    done(LATE)
    letter = the_letter()
    notices.cancel(
        notice_id=letter.pk,
        officer=world.officers["approver"],
        at=LATE,
        seen_revision=letter.revision,
        reason="Kết quả có trong sáng nay",
    )
    assert done(march(25, 16)) == {}
    assert done(march(26)) == {"apologies": 1}


def test_the_signer_may_change_words_and_date_in_approving(world, dossier):
    done(LATE)
    approved = approve(world, the_letter(), LATE, words=WORDS)
    assert (approved.status, approved.reason) == ("approved", WORDS.reason)
    assert approved.new_due_at == march(31, 17, 0)


def test_a_reason_of_nothing_and_a_day_of_rest_are_refused_and_nothing_is_written(world, dossier):
    done(LATE)
    letter = the_letter()
    saturday = LetterWords(new_day=date(2021, 4, 3), reason="Chờ xác minh")
    with pytest.raises(ApologyRefused) as refused:
        approve(world, letter, LATE, words=saturday)
    assert refused.value.flaw is ApologyFlaw.NO_WORKING_DAY
    assert Notice.objects.get().revision == letter.revision


def test_who_does_not_sign_does_not_approve(world, dossier):
    done(LATE)
    letter = the_letter()
    for role in ("handler", "reception", "leader"):
        with pytest.raises(NotTheirNotice):
            letters.approve(
                notice_id=letter.pk,
                officer=world.officers[role],
                at=LATE,
                seen_revision=letter.revision,
            )


def test_the_second_of_two_signers_is_told_what_the_first_did(world, dossier):
    done(LATE)
    letter = the_letter()
    approve(world, letter, LATE)
    with pytest.raises(NoticeMoved) as moved:
        approve(world, letter, LATE)
    assert moved.value.known.status == "approved"
    with pytest.raises(NoticeMoveNotAllowed):
        letters.write(
            dossier_id=dossier.pk, words=WORDS, officer=world.officers["handler"], at=LATE
        )


def test_who_writes_sees_the_dossier_as_it_is(world, dossier):
    with pytest.raises(SomebodyActed):
        letters.write(
            dossier_id=dossier.pk,
            words=WORDS,
            officer=world.officers["handler"],
            at=LATE,
            seen_revision=dossier.revision - 1,
        )
    assert on_their_way() == []


def ask_for_papers(world, dossier, *, answer_by):
    asked = AskedFor(position=1, flaw=Mark.WRONG, reason="Chưa ký")
    notice = notices.draft(
        dossier_id=dossier.pk,
        kind=NoticeKind.SUPPLEMENT,
        words=NoticeWords(papers=(asked,), answer_by=answer_by),
        officer=world.officers["handler"],
        at=march(18),
    )
    notice = notices.approve(
        notice_id=notice.pk,
        officer=world.officers["approver"],
        at=march(18),
        seen_revision=notice.revision,
    )
    return send(world, notice, march(18, 9))


def test_a_request_nobody_answers_is_proposed_to_be_stopped_once(world, dossier):
    ask_for_papers(world, dossier, answer_by=date(2021, 3, 22))
    assert done(march(22)) == {}
    assert done(march(23)) == {"stops": 1}
    assert done(march(23)) == {}
    stop = Notice.objects.get(kind="stop")
    assert "chưa bổ sung giấy tờ theo văn bản số 1/2021 gửi ngày 18/03/2021" in stop.reason
    notices.cancel(
        notice_id=stop.pk,
        officer=world.officers["approver"],
        at=march(23),
        seen_revision=stop.revision,
        reason="Người nộp hẹn mang đến tuần sau",
    )
    assert done(march(24)) == {}


def test_an_answer_takes_the_proposed_stop_away(world, dossier):
    ask_for_papers(world, dossier, answer_by=date(2021, 3, 22))
    assert done(march(23)) == {"stops": 1}
    walk(world, dossier, [(Action.SUPPLEMENT, "reception")], every=timedelta(days=5))
    assert done(march(23, 16)) == {"given_up": 1}
    assert Notice.objects.get(kind="stop").cancel_reason == "Hồ sơ không còn chờ người nộp."


def test_both_letters_of_a_year_are_numbered_in_one_series(world, dossier):
    done(LAST_DAY_TO_ASK)
    first = send(world, approve(world, the_letter(), LAST_DAY_TO_ASK), march(23, 8))
    assert done(march(30)) == {"apologies": 1}
    second = send(world, approve(world, the_letter(), march(30)), march(30, 8))
    assert [(each.kind, each.position) for each in (first, second)] == [
        ("extension", 1),
        ("apology", 2),
    ]


def test_a_year_without_a_calendar_is_named_and_the_rest_is_done(world, dossier):
    far = datetime(2032, 3, 1, 8, tzinfo=OFFICE_ZONE)
    found = daily.run(at=far)
    assert found.unknown_years and found.apologies == 0 and on_their_way() == []
