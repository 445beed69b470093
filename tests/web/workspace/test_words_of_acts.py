"""Every act has its words where it is told, and every act of a page its banner."""

from motcua.domain.dossier import Action
from motcua.web.workspace import timeline, words
from motcua.web.workspace.offers import AT_THE_COUNTER, OFFERED, OWN_PAGE
from tests.web.workspace.test_matrix import TABLE


def test_the_timeline_has_words_for_every_act():
    assert set(timeline.DONE) == set(Action)


def test_a_page_has_a_banner_for_every_act_it_takes():
    taken = {
        Action(name) for row in TABLE.values() for acts in row.values() for name in acts.split()
    }
    assert taken <= set(words.BANNERS) == set(OFFERED) - set(AT_THE_COUNTER) - set(OWN_PAGE)
