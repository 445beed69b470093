"""What each printed paper says: rows in, a sheet of ready words out, typeset as PDF.

Templates place words and decide nothing. Source: forms 01 to 06 of Circular
01/2018/TT-VPCP, forms 01 to 07 of Circular 03/2025/TT-VPCP; which set holds for a dossier
follows from the day it was accepted (motcua/domain/form_set.py).
"""

from motcua.dossiers.papers.control_sheet import control_sheet
from motcua.dossiers.papers.hand_over_list import hand_over_list
from motcua.dossiers.papers.inspection import inspection_invitation, inspection_minutes
from motcua.dossiers.papers.letter import letter
from motcua.dossiers.papers.notice import notice
from motcua.dossiers.papers.receipt import receipt
from motcua.dossiers.papers.register import register

__all__ = [
    "control_sheet",
    "hand_over_list",
    "inspection_invitation",
    "inspection_minutes",
    "letter",
    "notice",
    "receipt",
    "register",
]
