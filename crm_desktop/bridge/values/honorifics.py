"""Words before or behind a name that are no part of it and no job: Dr., Sra., Herr, 先生."""

from __future__ import annotations

import re

from crm_desktop.bridge.values.text import narrow, strip_marks, tidy_line

_SAID = (
    "mr, mrs, ms, miss, mx, dr, doctor, prof, professor, sir, madam, madame, dame, lord, lady,"
    " rev, revd, fr, sr, sra, srs, sras, srta, dra, drs, doutor, doutora, senhor, senhora,"
    " menina, profa, professora, eng, enga, engo, engs, engra, ing, arq, arqa, arqo, adv, pe,"
    " padre, dom, dona, d, exmo, exma, exmos, exmas, ilmo, ilma, mestre, mestra, me, msc, phd,"
    " don, senor, senora, senorita, doctora, lic, licda, lcdo, lcda, dn, dna, m, mme, mmes,"
    " mlle, monsieur, mademoiselle, mm, me, maitre, pr, docteur, professeur, herr, frau, hr,"
    " fr, fraulein, frl, familie, fam, mag, dipl, sig, sigra, signor, signora, signorina,"
    " signore, sigrna, dott, dottssa, dottoressa, dottore, avv, rag, geom, cav, on,"
    " господин, госпожа, г, гн, гжа, жа, н, проф, доктор,"
    " 先生, 女士, 小姐, 太太, 夫人, 老师, 老師, 教授, 博士, 医生, 醫生, 大夫, 师傅, 師傅, 阁下,"
    " 閣下, 同学, 同學, 阿姨, 叔叔, 様, さん, 殿, 氏, 君, 御中, 님, 씨, 선생님, 교수님, 박사님,"
    " 선생, 교수, 박사, 귀하, 여사, 여사님"
)
# Within "Sr. e Sra.", "Eng.ª", "Dr h. c.", "Dott.ssa".
_BETWEEN = frozenset(("", *"a o e y and und et ra ssa h c med и".split()))
_PARTS = re.compile(r"[\s./,&+()·-]+")
_MOST_PARTS = 6


def _fold(text: str) -> str:
    return strip_marks(narrow(text)).casefold()


_WORDS = frozenset(map(_fold, re.split(r"[,\s]+", _SAID)))


def is_honorific(text: str) -> bool:
    """Whether a text is a form of address and nothing else."""
    words = _fold(tidy_line(text))
    parts = _PARTS.split(words)
    if len(parts) > _MOST_PARTS or not any(part in _WORDS for part in parts):
        return False
    return all(part in _WORDS or part in _BETWEEN for part in parts)
