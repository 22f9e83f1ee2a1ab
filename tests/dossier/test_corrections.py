"""What the real dossier once said wrongly stays corrected: a table of statements that are gone and of values that stand."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PROJECT

CONTENT = PROJECT / "content"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: what no record says any more, and what a record says instead."""

    gone: str
    """A pattern of the wrong statement, which no record may match; empty where something was missing."""
    where: str
    """The file that holds what is right."""
    stands: str
    """A pattern of what is right, which that file matches."""


CORRECTIONS = {
    "foreign terrorist fighters, not a wider group": Correction(
        r"wider group", "organisations/foreign-terrorist-fighter-files.md", r"135,000 foreign terrorist fighters"
    ),
    "the count of 2019 for foreign terrorist fighters": Correction(
        r"may (cover|count) only a part of the files",
        "organisations/foreign-terrorist-fighter-files.md",
        r"value: 50000 comparator: more-than date: 2019-05-29",
    ),
    "the count of 2019 for travel documents": Correction(
        r"newest count that was read is of September 2016", "organisations/sltd.md", r"value: 86200000 date: 2019-05-29"
    ),
    "travel documents year by year": Correction("", "organisations/sltd.md", r"value: 39519010 date: 2013"),
    "profiles at the end of 2014": Correction(
        "", "organisations/foreign-terrorist-fighter-files.md", r"value: 1000 date: 2014-12"
    ),
    "DISRUPT has ended": Correction(
        r"Whether the project has ended|a project for which the European Union pays",
        "organisations/project-disrupt.md",
        r"three million euros",
    ),
    "the phase of iARMS that followed": Correction("", "organisations/iarms.md", r"date: 2024-12/2027-12"),
    "the academy against corruption was signed": Correction(
        r"the signing itself was not|lists no agreement for it|were due to sign",
        "agreements/iaca-2008.md",
        r"signed: date: 2008-10-13",
    ),
    "the academy against corruption was opened": Correction(
        r"when the academy began its work", "organisations/iaca.md", r"opened on 2 September 2010"
    ),
    "the present head of UNODC": Correction(
        r"Who heads the office permanently|Who was named permanent head",
        "people/monica-juma.md",
        r"appointed Executive Director of UNODC",
    ),
    "the day on which Fedotov took office": Correction(
        r"from 2010, or 2009", "people/yury-fedotov.md", r"start: 2010-09-13"
    ),
    "since when Costa was in office": Correction(
        r"whether he left in 2009 or 2010", "people/antonio-maria-costa.md", r"start: 2002-05 end: 2010"
    ),
    "the year of UNODC is no dispute": Correction(
        r"may stand for a merger", "organisations/unodc.md", r"present name dates from 2002"
    ),
    "Kigali in 2015": Correction(
        r"two events may be meant|where the session of 2016 met",
        "organisations/interpol-general-assembly.md",
        r"84th session met in Kigali. date: 2015-11-02/2015-11-05",
    ),
    "Bali in 2016": Correction("", "organisations/interpol-general-assembly.md", r"85th session met in Bali"),
    "cornerstone": Correction(r"\bbackbone\b", "resolutions/71-19.md", r"as the cornerstone of cooperation"),
    "months after the resolution": Correction(
        r"came 12, 16 and 21 months|by twelve, sixteen and twenty-one|the first of them a year after",
        "explainers/three-rescues.md",
        r"less than 12 months after the resolution of 21 November 2016",
    ),
    "Epervier less than a year after 71/19": Correction(
        r"came about a year after \[resolution 71/19\]", "operations/epervier-2017.md", r"less than twelve months after"
    ),
    "whose project Epervier was": Correction(
        r"which the German Foreign Office paid for, (a news agency and a law journal say|INTERPOL’s release says in a)"
        r"|Press reports place \[Operation Epervier",
        "explainers/three-rescues.md",
        r"INTERPOL’s release says\.\[@interpol-2017-epervier-fr\]",
    ),
    "the headline on Epervier": Correction(
        r"INTERPOL gives only the rounded figure", "operations/epervier-2017.md", r"nearly 500, the headline 500"
    ),
    "the members of ICAT": Correction(
        r"page of INTERPOL counts 22 members", "organisations/icat.md", r"31 in October 2023"
    ),
    "since when there is ICAT": Correction(
        r"When the group was set up", "organisations/icat.md", r"founded: \{date: 2007-03"
    ),
    "Stock before the Security Council": Correction(
        r"the UN text that was read is dated 1 June 2015", "events/security-council.yml", r"date: 2015-05-29"
    ),
    "the day of 1373": Correction(
        r"The month in which the committee was created", "resolutions/sc-1373.md", r"2001-09-28"
    ),
    "the day of 2331": Correction(
        r"All that was read on this resolution is a line", "resolutions/sc-2331.md", r"date: 2016-12-20"
    ),
    "the day of 2341": Correction(
        r"The text of this one was not read", "resolutions/sc-2341.md", r"adopted: date: 2017-02-13"
    ),
    "the day of 2617": Correction("", "resolutions/sc-2617.md", r"adopted: date: 2021-12-30"),
    "the day of 2634": Correction("", "resolutions/sc-2634.md", r"adopted: date: 2022-05-31"),
    "the day of 72/1": Correction(
        r"the title shown here follows the recitals", "resolutions/72-1.md", r"adopted: date: 2017-09-27"
    ),
    "the day of the cybercrime convention": Correction(
        r"The day is inferred", "events/resolutions.yml", r"date: 2024-12-24"
    ),
    "since when Guterres is in office": Correction(
        r"the day on which he took office was not in what was read", "people/antonio-guterres.md", r"start: 2017-01-01"
    ),
    "since when Ban and Annan were in office": Correction(
        r"His first and last day in office; they were not in what was read",
        "people/kofi-annan.md",
        r"start: 1997-01-01 end: 2006-12-31",
    ),
    "Kosovo on the list of Frontex": Correction("", "operations/global-chain-2025.md", r"Frontex lists Kosovo"),
    "editions of Global Chain": Correction(
        "", "operations/global-chain-2025.md", r"May 2023, with 44 countries, and in June 2024, with 40"
    ),
    "Marrakech by INTERPOL’s own text": Correction(
        r"No page of INTERPOL on the session was read",
        "events/goals-and-operations.yml",
        r"endorsed a Strategic Framework for 2026 to 2030 unanimously",
    ),
    "Marrakech and scam centres": Correction("", "organisations/interpol-general-assembly.md", r"scam centres"),
    "cybercrime is not named in 73/11": Correction(
        r"[Ss]poken of cybercrime since the first",
        "organisations/cybercrime-ad-hoc-committee.md",
        r"speaks of the criminal misuse of information and communications technologies instead",
    ),
    "Serengeti, more than 35,000": Correction(
        r"about 35,000", "operations/serengeti-2024.md", r"value: 35000 comparator: more-than"
    ),
    "KAFO II, 50 or more than 50": Correction("", "explainers/regional-weapons-operations.md", r"50, or more than 50"),
    "the month of the office in New York": Correction(
        "", "organisations/sriun.md", r"October 2004, by Rwanda in the General Assembly"
    ),
    "the day of the 2030 Agenda, by the Assembly’s own text": Correction(
        r"25 September 2015\.\[@un-sdg-logo-guidelines\]",
        "explainers/seven-goals.md",
        r"\[@un-docs-ares-77-241, pp\. para\. 1\]",
    ),
    "Stock on the Executive Committee, by the Bundeskriminalamt": Correction(
        r"Vice-President for Europe on the committee, as a reference text has it",
        "organisations/executive-committee.md",
        r"bka-2014-stock",
    ),
    "approved and endorsed are one step": Correction(
        r"whether the goals were approved or endorsed",
        "explainers/seven-goals.md",
        r"says that the members endorsed them",
    ),
    "diffusions in Neptune VII": Correction(
        r"328 people under \[?notices\]?[^ ]*(, 57| were)", "operations/neptune-vii-2025.md", r"notices and diffusions"
    ),
    "a vote on another text of that day": Correction(
        r"nobody asked for a vote in 2016", "explainers/resolution-71-19.md", r"asked for a vote on this text"
    ),
    "UNODC facilitated KAFO IV": Correction(
        r"\[UNODC\]\(\.\./organisations/unodc\.md\) led the operation",
        "operations/kafo-iv-2023.md",
        r"it facilitated the operation",
    ),
    "UNODC facilitated KAFO V": Correction(
        r"operations, which it led|and led KAFO IV|or led by UNODC|operation that it led",
        "operations/kafo-v-2024.md",
        r"facilitated the operation, in its own word",
    ),
    "INTERPOL coordinated Liberterra III": Correction(
        r"INTERPOL led it; a press report places the coordination units",
        "operations/liberterra-iii-2025.md",
        r"INTERPOL coordinated it",
    ),
    "INTERPOL coordinated Turquesa V": Correction(
        r"INTERPOL led; the report, on another website",
        "operations/turquesa-v-2023.md",
        r"INTERPOL says that it coordinated",
    ),
    "INTERPOL coordinated Neptune VII": Correction(
        r"checked travellers at their borders under INTERPOL’s lead",
        "operations/neptune-vii-2025.md",
        r"operation that INTERPOL coordinated",
    ),
    "INTERPOL coordinated ADWENPA III": Correction(
        r"checked their borders more closely in an operation led by INTERPOL",
        "operations/adwenpa-iii-2017.md",
        r"operation that INTERPOL coordinated",
    ),
    "INTERPOL and AFRIPOL coordinated Catalyst": Correction(
        "", "operations/catalyst-2025.md", r"jointly coordinated an operation"
    ),
    "spans of the operations": Correction(
        r"It took place four months after \[resolution 75/10\]|It took place fourteen months after|"
        r"Six weeks later, on 26 November 2018|resolution 77/20\]\([^)]*\) two months later",
        "operations/trigger-vi-2021.md",
        r"began less than four months after",
    ),
    "KAFO II, more than 260 officers": Correction(
        r"About 260 officers", "operations/kafo-ii-2020.md", r"More than 260 officers"
    ),
    "Thunder is coordinated by two": Correction(
        r"World Customs Organization\]\([^)]*\) (were in the lead|led)\.",
        "operations/thunder-2024.md",
        r"coordinated it jointly",
    ),
    "the days and the countries of Andes": Correction(
        r"Whether Andes came before or after", "operations/andes-2018.md", r"start: 2018-11-27 end: 2018-11-30"
    ),
    "Athena II was led by INTERPOL and the WCO": Correction(
        r"police of 103 countries led the investigations, with the support of INTERPOL",
        "operations/athena-ii-pandora-iv.md",
        r"World Customs Organization and INTERPOL led Athena II, which was worldwide",
    ),
    "Thunderball is coordinated by two": Correction(
        r"World Customs Organization\]\([^)]*\) led (them|the work)",
        "operations/thunderball-2019.md",
        r"coordinated the work from a joint room",
    ),
    "OPSON is coordinated by two": Correction(
        r"INTERPOL and \[?Europol[^ ]* led", "operations/opson-x-2021.md", r"coordinated them"
    ),
    "INTERPOL coordinated Lionfish Hurricane": Correction(
        r"acted together against drug networks, with INTERPOL in the lead",
        "operations/lionfish-hurricane-2024.md",
        r"operation that INTERPOL coordinated",
    ),
    "INTERPOL coordinated HAECHI VI": Correction(
        r"fraud committed over the internet, in an operation led by INTERPOL",
        "operations/haechi-vi-2025.md",
        r"Republic of Korea paid",
    ),
    "prisoners held under other names": Correction(
        r"held under false names",
        "organisations/project-first.md",
        r"identification of three prisoners in a Middle Eastern country who had been held under other names",
    ),
    "the days of the first meeting of the committee on environmental compliance": Correction(
        r"opened the first (executive )?meeting( at executive level)? of",
        "organisations/environmental-compliance-committee.md",
        r"date: 2013-11-07/2013-11-08",
    ),
    "the day on which Selebi resigned": Correction("", "organisations/interpol-president.md", r"date: 2008-01-13"),
    "the year of the agreement with IOM": Correction(
        r"signed in Geneva on a 5 March|In which year the agreement of IOM",
        "organisations/iom.md",
        r"date: 2014-03-05",
    ),
    "the paragraphs of 2322 that name INTERPOL": Correction(
        r"In which paragraphs the resolution names INTERPOL",
        "resolutions/sc-2322.md",
        r"operative paragraphs 16 and 17",
    ),
    "1535 does not name INTERPOL": Correction(
        r"Whether the resolution names INTERPOL", "resolutions/sc-1535.md", r"does not name INTERPOL"
    ),
    "resolutions of the Council have no title": Correction(
        r"A reference site (heads the text|dates the adoption)", "resolutions/sc-2482.md", r"has no title of its own"
    ),
    "the text of 71/291 was read": Correction(
        r"^.*Creation of the Office of Counter-Terrorism",
        "resolutions/71-291.md",
        r"title: Strengthening the capability of the United Nations system",
    ),
    "the debate of 2016 was read": Correction(
        r"the middle of the verbatim record was not read", "resolutions/71-19.md", r"Six further States spoke"
    ),
    "six countries led the first Neptune": Correction(
        r"INTERPOL led the operation, and its release names",
        "operations/neptune-2018.md",
        r"lead_countries: \[DZ, FR, IT, MA, ES, TN\].*Six countries led the operation",
    ),
    "Synergia II was led by INTERPOL, by a source that says so": Correction(
        "", "operations/synergia-ii-2024.md", r"organisation: interpol, cite: \[scworld-2024-synergia-ii\]"
    ),
    "whose operation Storm Makers II was": Correction(
        "",
        "operations/storm-makers-ii-2023.md",
        r"led: - \{organisation: interpol, cite: \[interpol-2023-storm-makers-ii-es",
    ),
    "IOM took a leading role in Weka": Correction(
        r"IOM(\]\([^)]*\))? led on the care", "operations/weka-2021.md", r"took a leading role in helping the victims"
    ),
    "the Assembly welcomed cooperation with the UN police": Correction(
        r"Joint programmes of INTERPOL and the UN police were welcomed|[Ww]elcome[sd] joint programmes",
        "organisations/un-police.md",
        r"welcomed the cooperation of the UN police and INTERPOL",
    ),
    "the bureaus that gave the Commission no answer": Correction(
        r"in 50 of the cases the bureau", "organisations/ccf.md", r"in 50 of the cases that ended with a deletion"
    ),
    "the customs organisation agreed to the Compact": Correction(
        "", "organisations/wco.md", r"beside INTERPOL\.\[@cted-2018-compact\]"
    ),
    "INTERPOL’s own numbers on the timeline": Correction(
        r"No official source on this edition was read|Press reports have (121|nearly 700)|Copies of INTERPOL’s release",
        "events/operations.yml",
        r"INTERPOL reported 25 million illicit medicines seized and nearly 400 arrests in 123 countries",
    ),
    "who calls the people of Libertad potential victims": Correction(
        r"For Libertad agencies that quote INTERPOL write potential victims",
        "explainers/three-rescues.md",
        r"INTERPOL’s own page has nearly 350 potential victims",
    ),
    "the month in which Le Roy left": Correction("", "people/alain-le-roy.md", r"end: 2011-08 .*reuters-2011-ladsous"),
    "the debate of 2022 was read": Correction(
        r"that part of the verbatim record was not read", "resolutions/77-20.md", r"Singapore and El Salvador spoke"
    ),
    "what the recital on counter-terrorism welcomes": Correction(
        r"Welcomes (the work of the UN’s counter|the help that|help (to|by)) ",
        "resolutions/77-20.md",
        r"Welcomes the cooperation of the members of the Coordination Compact and INTERPOL",
    ),
    "what the recital on corruption in sport welcomes": Correction(
        r"[Ww]elcome[sd] (a|the) guide|resolution 79/136 welcomes\.",
        "resolutions/79-136.md",
        r"Welcomes the work of UNODC, INTERPOL and the International Olympic Committee together",
    ),
    "the recital welcomes the role of the bureaus": Correction(
        r"[Ww]elcome(s|d) the (national central )?bureaus", "resolutions/71-19.md", r"Welcomes the role of the national"
    ),
    "the date of the text with the Prosecutor is no day of signing": Correction(
        r"INTERPOL signed a cooperation agreement with the Office|Office of the Prosecutor and INTERPOL was signed",
        "agreements/icc-interpol-2005.md",
        r"in force from the same; whether it was signed on that day was not read",
    ),
    "the day of Khoo’s election": Correction(
        r"dates (it|his election) to October 2008", "people/khoo-boon-hui.md", r"start: 2008-10-10"
    ),
    "the count of travel documents after 2019": Correction(
        r"newest count that was read is of May 2019", "organisations/sltd.md", r"value: 128000000 comparator: about"
    ),
    "who coordinated Serengeti 2.0": Correction(
        "", "operations/serengeti-2-2025.md", r"INTERPOL coordinated it; the UK Foreign"
    ),
    "who coordinated Turquesa IV": Correction(
        "", "operations/turquesa-iv-2022.md", r"coordinated the operation, which was aimed at migrant smuggling"
    ),
    "what the United States said of Meng": Correction(
        r"spoke of the end of his presidency",
        "people/meng-hongwei.md",
        r"concern about his disappearance and detention",
    ),
    "the members of the CCF are elected": Correction(
        r"seven members, appointed for five years", "organisations/ccf.md", r"elected by INTERPOL’s General Assembly"
    ),
    "who announced the Counter-Terrorism Centre first": Correction(
        r"and it was announced two days later", "organisations/uncct.md", r"after the embassy of Saudi Arabia"
    ),
}
"""What was wrong or missing, by what it was about."""


LISTED = re.compile(r"^( *)corrections:\n(?:\1 +.*\n)+", re.MULTILINE)
"""The corrections of a record, which repeat what was wrong."""


def text(path: Path) -> str:
    """A file as one line, without the corrections that its records list."""
    return " ".join(LISTED.sub("", path.read_text(encoding="utf-8")).split())


@pytest.fixture(scope="module")
def records() -> dict[str, str]:
    """Every file of records with its text, without the sources, whose titles are quoted."""
    files = (path for ending in ("md", "yml") for path in sorted(CONTENT.rglob(f"*.{ending}")))
    kept = (path for path in files if path.parent.name != "sources")
    return {path.relative_to(CONTENT).as_posix(): text(path) for path in kept}


@pytest.mark.parametrize("correction", CORRECTIONS.values(), ids=CORRECTIONS)
def test_what_was_wrong_is_gone_and_what_is_right_stands(correction: Correction, records: dict[str, str]) -> None:
    repeated = [path for path, told in records.items() if correction.gone and re.search(correction.gone, told)]

    assert repeated == []
    assert re.search(correction.stands, records[correction.where])


def test_every_resolution_has_the_day_of_its_adoption(records: dict[str, str]) -> None:
    vague = [
        path
        for path, told in records.items()
        if path.startswith("resolutions/") and not re.search(r" adopted: date: \d{4}-\d{2}-\d{2} ", told)
    ]

    assert vague == []


def test_no_record_has_one_other_name_twice_or_its_own_in_other_case() -> None:
    found = []
    for path in sorted(CONTENT.rglob("*.md")):
        head = path.read_text(encoding="utf-8").split("---\n")[1]
        own = {name.casefold() for name in re.findall(r"(?m)^(?:name|abbreviation|symbol): \"?(.*?)\"?$", head)}
        listed = re.search(r"(?m)^other_names: \[(.*)\]$", head)
        names = [name.strip(' "').casefold() for name in listed[1].split(",")] if listed else []
        if len(set(names)) < len(names) or own & set(names):
            found.append((path.relative_to(CONTENT).as_posix(), names))

    assert found == []


@pytest.mark.parametrize("ident", ["lionfish-2018", "30days-2018", "liberterra-2024"])
def test_an_event_keeps_the_id_that_was_its_address_on_the_timeline(ident: str) -> None:
    """The id of the operation was longer, and the event took it over for a time; addresses must work for ever."""
    events = text(CONTENT / "events" / "operations.yml")

    assert events.count(f"- id: {ident} ") == 1


def test_no_two_operations_have_one_name(records: dict[str, str]) -> None:
    names = [
        re.search(r"name: (.*?) other_names", told) for path, told in records.items() if path.startswith("operations/")
    ]
    shown = [name[1] for name in names if name]

    assert sorted(set(shown)) == sorted(shown)
