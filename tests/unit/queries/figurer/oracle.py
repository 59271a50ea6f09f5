"""The figures of the reports worked out once more, slowly and day by day, straight from domain.md."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

from db.models import (
    Arende,
    Bistandsmanad,
    Deltagare,
    Enhet,
    Hushall,
    Insats,
    Insatstyp,
    Inskrivning,
    Kapacitet,
    Kostnad,
    Mote,
    OsaBeslut,
    Planering,
    Undantag,
)
from db.rules.period import Period
from tests.unit.queries.figurer.random_register import Register, Row

KON = {"kvinnor": "K", "man": "M", "uppgift_saknas": None}
Values = dict[str, Any]
A_RESULTAT = ("arbete", "arbete med stöd", "eget företag")
EGEN = (*A_RESULTAT, "studier", "sjukersättning", "pension", "annan försörjning")
CD = {"annan myndighet": "C", "sjukersättning": "C", "slutfört uppdrag": "D", "studier": "B"}


def month(dag: date) -> int:
    return dag.year * 12 + dag.month - 1


def age(fodd: date, dag: date) -> int:
    return dag.year - fodd.year - ((dag.month, dag.day) < (fodd.month, fodd.day))


class Oracle:
    """All figures of one register for one period, judged on one day."""

    def __init__(self, register: Register, period: Period, per: date) -> None:
        self.r, self.p, self.per = register, period, per
        self.slut = min(period.till, per)
        langd = max((self.slut - period.fran).days + 1, 0)
        self.days = [period.fran + timedelta(days=i) for i in range(langd)]
        self.person = {d["id"]: d for d in register.of(Deltagare)}
        self.ik = {i["id"]: i for i in register.of(Inskrivning)}
        self.typ = {t["id"]: t["namn"] for t in register.of(Insatstyp)}
        self.raknas = {t["id"] for t in register.of(Insatstyp) if t["raknas"]}
        self.insatser = [
            i | {"person": self.ik[i["inskrivning_id"]]["deltagare_id"], "typ": self.typ[i["insatstyp_id"]]}
            for i in register.of(Insats)
        ]

    # -- helpers --

    def people(self, ids: Iterable[int]) -> Values:
        """Each person once, by kön."""
        return self.things(set(ids))

    def things(self, owners: Iterable[int]) -> Values:
        """One for each owner named, by the owner's kön."""
        owners = list(owners)
        made: Values = {k: sum(self.person[o]["kon"] == v for o in owners) for k, v in KON.items()}
        return made | {"totalt": len(owners)}

    def each(self, rows: Iterable[tuple[int, float]], how: Callable[[list[float]], Any]) -> Values:
        """A statistic of numbers by the owner's kön."""
        rows = list(rows)
        made = {k: how([n for o, n in rows if self.person[o]["kon"] == v]) for k, v in KON.items()}
        return made | {"totalt": how([n for _, n in rows])}

    @staticmethod
    def share(part: Values, whole: Values) -> Values:
        return {k: 100 * part[k] / whole[k] if whole[k] else None for k in whole}

    @staticmethod
    def on(row: Row, dag: date, fran: str = "start", till: str = "slut") -> bool:
        return bool(row[fran] <= dag and (row[till] is None or dag <= row[till]))

    def runs(self, row: Row, fran: str = "start", till: str = "slut") -> int:
        return sum(self.on(row, dag, fran, till) for dag in self.days)

    # -- reports --

    def all(self) -> dict[str, Values]:
        return (
            self.deltagare() | self.krav() | self.avslut() | self.osa() | self.belaggning() | self.bistand()
        )

    def deltagare(self) -> dict[str, Values]:
        ik = [i for i in self.ik.values() if self.runs(i, "inskriven", "avslutad")]
        unika = {i["deltagare_id"] for i in ik}
        fodd = {p: self.person[p]["fodelsedatum"] for p in unika}
        sista = {i["deltagare_id"] for i in ik if self.on(i, self.slut, "inskriven", "avslutad")}
        trettio = [self.slut - timedelta(days=i) for i in range(30)]
        med = {i["person"] for i in self.insatser if any(self.on(i, d) for d in trettio)} & sista
        plan = set()
        for i in ik:
            egna = [
                p
                for p in self.r.of(Planering)
                if p["inskrivning_id"] == i["id"] and p["upprattad"] <= self.slut
            ]
            nast = max(egna, key=lambda p: p["upprattad"])["nasta_uppfoljning"] if egna else None
            if nast and nast >= self.slut and self.on(i, self.slut, "inskriven", "avslutad"):
                plan.add(i["deltagare_id"])
        kor = [i for i in self.insatser if self.runs(i)]
        ferie = {i["person"] for i in kor} - {i["person"] for i in kor if i["typ"] != "feriepraktik"}
        helar = [
            (i["person"], i["omfattning"] / 100 / (366 if d.year % 4 == 0 else 365))
            for i in kor
            for d in self.days
            if self.on(i, d)
        ]
        moten = [
            m
            for m in self.r.of(Mote)
            if m["form"] == "fysiskt" and not m["uteblev"] and m["datum"] in self.days
        ]
        return {
            "deltagare.unika": self.people(unika),
            "deltagare.nya": self.people(i["deltagare_id"] for i in ik if i["inskriven"] in self.days),
            "deltagare.avslutade": self.people(i["deltagare_id"] for i in ik if i["avslutad"] in self.days),
            "deltagare.alder.-24": self.people(p for p, f in fodd.items() if f and age(f, self.p.till) <= 24),
            "deltagare.alder.25-": self.people(p for p, f in fodd.items() if f and age(f, self.p.till) > 24),
            "deltagare.alder.uppgift_saknas": self.people(p for p, f in fodd.items() if not f),
            "deltagare.inskrivna_sista_dag": self.people(sista),
            "deltagare.med_insats_senaste_manaden_andel": self.share(self.people(med), self.people(sista)),
            "planering.andel_aktuell": self.share(self.people(plan), self.people(sista)),
            "deltagare.utan_feriepraktik": self.people(unika - ferie),
            "deltagare.endast_feriepraktik": self.people(unika & ferie),
            "insats.praktik.unika": self.people(i["person"] for i in kor if i["typ"] == "praktik"),
            "insats.praktik_infor_osa.unika": self.people(
                i["person"] for i in kor if i["typ"] == "praktik inför OSA"
            ),
            "insats.sfi.unika": self.people([]),
            "feriepraktik.antal": self.things(i["person"] for i in kor if i["typ"] == "feriepraktik"),
            "arbetsmarknadsanstallning.antal": self.things(
                i["person"] for i in kor if i["typ"] == "arbetsmarknadsanställning"
            ),
            "helarsplatser.totalt": self.each(helar, sum),
            "moten.fysiska_bistand": self.things(
                m["deltagare_id"] for m in moten if m["verksamhet"] == "ekonomiskt bistånd"
            ),
            "moten.fysiska_arbetsmarknad": self.things(
                m["deltagare_id"] for m in moten if m["verksamhet"] == "arbetsmarknad"
            ),
        }

    def krav(self) -> dict[str, Values]:
        places: dict[str, list[int]] = {}
        dagar: list[tuple[int, float]] = []
        for a in self.r.of(Arende):
            start = a["beslut"]
            if a["utfall"] != "bifall" or start > self.per:
                continue
            undantag = [u for u in self.r.of(Undantag) if u["arende_id"] == a["id"]]
            raknas = [
                i
                for i in self.insatser
                if i["person"] == a["deltagare_id"]
                and i["insatstyp_id"] in self.raknas
                and i["start"] <= self.per
            ]
            self._judge(a, start, undantag, raknas, places, dagar)
        rader = ("bas", "uppfyllt", "uppfyllt_sent", "forfallet", "pagar", "undantag", "utan_frist",
                 "avslutat_fore_frist", "utan_aktivitet")  # fmt: skip
        made = {f"aktivitetskrav.{r}": self.things(places.get(r, [])) for r in rader}
        return made | {
            "aktivitetskrav.andel_uppfyllt": self.share(
                made["aktivitetskrav.uppfyllt"], made["aktivitetskrav.bas"]
            ),
            "aktivitetskrav.dagar_median": self.each(dagar, lambda n: median(n) if n else None),
            "aktivitetskrav.dagar_medel": self.each(dagar, lambda n: mean(n) if n else None),
        }

    def _judge(
        self,
        a: Row,
        start: date,
        undantag: list[Row],
        raknas: list[Row],
        places: dict[str, list[int]],
        dagar: list[tuple[int, float]],
    ) -> None:
        def free(dag: date) -> bool:
            return not any(self.on(u, dag, "fran", "till") for u in undantag)

        def put(namn: str) -> None:
            places.setdefault(namn, []).append(a["deltagare_id"])

        efter = [start + timedelta(days=i) for i in range(1, 1500)]
        fria = [d for d in efter if free(d)]
        frist = fria[13] if len(fria) > 13 else None
        forst = [d for d in [start, *efter] if d <= self.per and any(self.on(i, d) for i in raknas)][:1]
        akt = forst[0] if forst and (a["avslutat"] is None or forst[0] <= a["avslutat"]) else None
        stangd = a["avslutat"] is not None and a["avslutat"] <= self.per
        if not stangd and free(self.per) and not any(self.on(i, self.per) for i in raknas):
            put("utan_aktivitet")
        if akt:
            status = "uppfyllt" if frist is None or akt <= frist else "uppfyllt_sent"
        elif stangd and (frist is None or a["avslutat"] <= frist):
            status = "avslutat_fore_frist"
        elif not free(self.per):
            status = "undantag"
        else:
            status = "forfallet" if frist and self.per > frist else "pagar"
        if frist is None:
            if self.p.fran <= start <= self.p.till:
                put("utan_frist")
        elif self.p.fran <= frist <= self.p.till:
            put(status)
            if status != "avslutat_fore_frist":
                put("bas")
                if akt:
                    dagar.append((a["deltagare_id"], sum(free(d) for d in efter if d <= akt)))

    def avslut(self) -> dict[str, Values]:
        alla = [i for i in self.ik.values() if i["avslutad"] in self.days]
        klass = {}
        for i in alla:
            k = CD.get(i["resultat"], "E")
            if i["resultat"] in A_RESULTAT:
                k = {None: "inv", True: "A", False: "E"}[i["minst_en_manad"]]
            klass[i["id"]] = k

        def tillbaka(i: Row) -> bool:
            return any(
                n["deltagare_id"] == i["deltagare_id"]
                and i["avslutad"] < n["inskriven"] <= min(i["avslutad"] + timedelta(days=365), self.per)
                for n in self.ik.values()
            )

        def of(*klasser: str) -> Values:
            return self.things(i["deltagare_id"] for i in alla if klass[i["id"]] in klasser)

        totalt = self.things(i["deltagare_id"] for i in alla)
        egen = self.things(i["deltagare_id"] for i in alla if i["resultat"] in EGEN)
        ej = self.things(i["deltagare_id"] for i in alla if not tillbaka(i))
        return {
            "avslut.totalt": totalt,
            "avslut.a_arbete": of("A"),
            "avslut.b_studier": of("B"),
            "avslut.c_annan_myndighet": of("C"),
            "avslut.d_slutfort": of("D"),
            "avslut.e_ovrigt": of("E"),
            "avslut.invantar_bekraftelse": of("inv"),
            "avslut.andel_arbete_studier": self.share(of("A", "B"), totalt),
            "avslut.antal_arbete_studier_unika": self.people(
                i["deltagare_id"] for i in alla if klass[i["id"]] in ("A", "B")
            ),
            "avslut.egen_forsorjning": egen,
            "avslut.andel_egen_forsorjning": self.share(egen, totalt),
            "avslut.ateraktualiserade_12_manader": self.things(
                i["deltagare_id"] for i in alla if tillbaka(i)
            ),
            "avslut.andel_ej_ateraktualiserade": self.share(ej, totalt),
        }

    def osa(self) -> dict[str, Values]:
        def with_typ(*typer: str) -> Values:
            return self.people(i["person"] for i in self.insatser if i["typ"] in typer and self.runs(i))

        anst = [i for i in self.insatser if i["typ"] == "OSA-anställning"]

        def covered(i: Row, dag: date) -> bool:
            return any(
                b["fran"] <= dag <= b["till"] for b in self.r.of(OsaBeslut) if b["insats_id"] == i["id"]
            )

        def running_out(i: Row) -> bool:
            if not self.on(i, self.per) or not covered(i, self.per):
                return False
            kommande = [self.per + timedelta(days=n) for n in range(1, 62)]
            return any(self.on(i, d) and not covered(i, d) for d in kommande)

        def onward(i: Row) -> bool:
            ny = any(
                n["person"] == i["person"]
                and n["typ"] in ("lönebidragsanställning", "arbetsmarknadsanställning")
                and i["slut"] <= n["start"] <= self.per
                for n in self.insatser
            )
            return ny or any(
                k["deltagare_id"] == i["person"]
                and k["avslutad"] is not None
                and i["slut"] <= k["avslutad"] <= self.per
                and k["resultat"] in ("arbete", "arbete med stöd", "kommunal arbetsmarknadsanställning")
                for k in self.ik.values()
            )

        return {
            "osa.totalt": with_typ("OSA-anställning", "praktik inför OSA"),
            "osa.anstallning": with_typ("OSA-anställning"),
            "osa.praktik_infor": with_typ("praktik inför OSA"),
            "osa.och_lonebidrag": with_typ("OSA-anställning", "lönebidragsanställning"),
            "osa.overgang_till_annan_anstallning": self.people(
                i["person"] for i in anst if i["slut"] in self.days and onward(i)
            ),
            "osa.utan_beslut": self.people(
                i["person"] for i in anst if any(self.on(i, d) and not covered(i, d) for d in self.days)
            ),
            "osa.beslut_gar_ut_60_dagar": self.people(i["person"] for i in anst if running_out(i)),
        }

    def belaggning(self) -> dict[str, Values]:
        made: dict[str, Values] = {}
        for e in self.r.of(Enhet):
            made[f"belaggning.enhet.enhet_{e['id']}.grad"] = {"totalt": self._grad([e["id"]])}
        for typ in ("intern", "extern"):
            ids = [e["id"] for e in self.r.of(Enhet) if e["typ"] == typ]
            made[f"belaggning.{typ}.grad"] = {"totalt": self._grad(ids)}
            platser = self._offered(ids) / len(self.days) if self.days else 0
            made[f"belaggning.{typ}.platser_medel"] = {"totalt": platser}
            made[f"belaggning.{typ}.kostnad_per_plats"] = {"totalt": self._cost(ids, platser)}
        daglig = [i for i in self.insatser if i["typ"] == "daglig verksamhet" and self.on(i, self.slut)]
        return made | {"daglig_verksamhet.platser": self.things(i["person"] for i in daglig)}

    def _offered(self, ids: list[int]) -> int:
        kap = [k for k in self.r.of(Kapacitet) if k["enhet_id"] in ids]
        return sum(k["platser"] * self.runs(k, "fran", "till") for k in kap)

    def _grad(self, ids: list[int]) -> float | None:
        belagda = sum(self.runs(i) for i in self.insatser if i["enhet_id"] in ids)
        erbjudna = self._offered(ids)
        return 100 * belagda / erbjudna if erbjudna else None

    def _cost(self, ids: list[int], platser: float) -> float | None:
        kostnad = {(k["enhet_id"], k["ar"]): k["belopp_ore"] / 100 for k in self.r.of(Kostnad)}
        ar = {d.year for d in self.days}
        med = [e for e in ids if self._offered([e]) or any((e, a) in kostnad for a in ar)]
        if not platser or not ar or any((e, a) not in kostnad for e in med for a in ar):
            return None
        return sum(kostnad[e, d.year] for e in med for d in self.days) / len(self.days) / platser

    def bistand(self) -> dict[str, Values]:
        enhet = {p["id"]: p["hushall_id"] or -p["id"] for p in self.person.values()}
        arende = {a["id"]: a for a in self.r.of(Arende)}
        barn = {h["id"]: h["antal_barn"] or 0 for h in self.r.of(Hushall)}
        alla: dict[int, set[int]] = {}
        for b in self.r.of(Bistandsmanad):
            if b["manad"] <= month(self.per):
                alla.setdefault(enhet[arende[b["arende_id"]]["deltagare_id"]], set()).add(b["manad"])
        sista, ar = month(self.slut), self.slut.year
        manader = {p: alla.get(e, set()) for p, e in enhet.items()}

        def alder(p: int) -> int:
            fodd = self.person[p]["fodelsedatum"]
            return age(fodd, self.p.till) if fodd else 99

        vuxna = [p for p in self.person if alder(p) >= 18]
        med_arenden = [
            a
            for a in arende.values()
            if a["utfall"] == "bifall" and a["beslut"] <= self.slut
            and (a["avslutat"] is None or a["avslutat"] > self.slut)
        ]  # fmt: skip
        med = {enhet[a["deltagare_id"]] for a in med_arenden}
        over = {e for e, m in alla.items() if self._run_to(m, sista, 1) > 24}
        lange = self.people(
            p for p in vuxna if len([m for m in manader[p] if m // 12 == ar and m <= sista]) >= 10
        )
        fatt = self.people(p for p in vuxna if any(m // 12 == ar and m <= sista for m in manader[p]))
        slutade = {p: s for p in vuxna if (s := self._ended(manader[p], ar)) is not None}
        ej = [p for p, s in slutade.items() if not manader[p] & set(range(s + 1, s + 13))]
        spann = sorted({month(d) for d in self.days})
        unga = [(p, len(manader[p] & set(spann)) / len(spann)) for p in self.person if 18 <= alder(p) <= 24]
        beslut = [
            (a["deltagare_id"], float((a["beslut"] - a["ansokan"]).days))
            for a in arende.values()
            if a["beslut"] in self.days
        ]
        efter, aktuella = self._after_job(manader, spann)
        rad = "bistand.aktuella_13_manader_efter_anstallning"
        return {
            "hushall.med_insats": {"totalt": len(med)},
            "hushall.utbetalning": {"totalt": sum(sista in m for m in alla.values())},
            "hushall.over_2_ar": {"totalt": len(over)},
            "barn.i_hushall": {"totalt": sum(barn.get(e, 0) for e in med)},
            "barn.langvarigt": {"totalt": sum(barn.get(e, 0) for e in over)},
            "avslutade_hushall.annan_forsorjning": {
                "totalt": len({enhet[a["deltagare_id"]] for a in arende.values()
                               if a["avslutat"] in self.days and a["avslutsorsak"] == "annan försörjning"})
            },
            "bistand.vuxna_individer": self.people(p for p in vuxna if enhet[p] in med),
            "bistand.unga_medel": self.each(unga, sum),
            "bistand.mottagare": fatt,
            "langvarigt.antal": lange,
            "langvarigt.andel_av_mottagare": self.share(lange, fatt),
            "mycket_langvarigt.antal": self.people(p for p in vuxna if self._very_long(manader[p], sista)),
            "ej_ateraktualiserade.andel": self.share(self.people(ej), self.people(slutade)),
            "vantetid.medel": self.each(beslut, lambda n: mean(n) if n else None),
            "vantetid.median": self.each(beslut, lambda n: median(n) if n else None),
            "forsorjningshinder.sjuk": self.people(
                a["deltagare_id"] for a in med_arenden
                if a["forsorjningshinder"].lower().startswith("sjuk")
                and " utan " not in a["forsorjningshinder"]
            ),
            rad: self.share(self.people(aktuella), self.people(efter)),
            f"{rad}.antal": self.people(aktuella),
        }  # fmt: skip

    def _after_job(self, manader: dict[int, set[int]], spann: list[int]) -> tuple[list[int], list[int]]:
        efter = []
        for p in self.person:
            jobb = [
                i
                for i in self.insatser
                if i["person"] == p and i["typ"] == "arbetsmarknadsanställning" and i["start"] <= self.per
            ]
            if jobb and all(i["slut"] for i in jobb) and month(max(i["slut"] for i in jobb)) + 13 in spann:
                efter.append((p, month(max(i["slut"] for i in jobb)) + 13))
        return [p for p, _ in efter], [p for p, m in efter if m in manader[p]]

    @staticmethod
    def _run_to(manader: set[int], sista: int, uppehall: int) -> int:
        """Months from the start of the run that ends in `sista`, 0 when that month was not paid."""
        if sista not in manader:
            return 0
        forst = sista
        while any(forst - n in manader for n in range(1, uppehall + 2)):
            forst = max(m for m in manader if m < forst)
        return sista - forst + 1

    @staticmethod
    def _very_long(manader: set[int], sista: int) -> bool:
        fonster = sorted(m for m in manader if sista - 36 < m <= sista)
        bast = antal = 0
        for n, m in enumerate(fonster):
            antal = antal + 1 if n and m - fonster[n - 1] <= 3 else 1
            bast = max(bast, antal)
        return bast >= 27

    @staticmethod
    def _ended(manader: set[int], ar: int) -> int | None:
        slut = [m for m in manader if m // 12 == ar - 1 and m % 12 < 6 and m + 1 not in manader]
        return max(slut, default=None)
