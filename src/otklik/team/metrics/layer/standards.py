"""What the field calls a metric: its abbreviation and the term that it stands for, the same in every language.

Names of the product are plain words; whoever comes from another desk looks for FRT.  Only where the definition is that
of the field: what has no standard name has none here.
"""

from typing import NamedTuple


class Standard(NamedTuple):
    short: str
    term: str


CSAT = Standard("CSAT", "Customer satisfaction, top two boxes")
CES = Standard("CES", "Customer effort score")
FRT = Standard("FRT", "First response time")
TTR = Standard("TTR", "Time to resolution")
FCR = Standard("FCR", "First contact resolution")
SLA = Standard("SLA", "Service level agreement attainment")
CAPA = Standard("CAPA", "Corrective and preventive action")
QA = Standard("QA", "Quality assurance score")

STANDARDS: dict[str, Standard] = {
    **dict.fromkeys(("csat.t2b", "csat.t2b.0_5", "csat.t2b.event", "csat.t2b.relation", "csat.t2b.exit"), CSAT),
    **dict.fromkeys(("csat.t2b.event.0_5", "csat.t2b.relation.0_5", "csat.t2b.exit.0_5"), CSAT),
    **dict.fromkeys(("ces", "ces.mean", "ces.difficulty", "ces.difficulty.mean"), CES),
    "csi": Standard("CSI", "Customer satisfaction index"),
    "nps": Standard("NPS", "Net Promoter Score"),
    "survey.response_rate": Standard("RR", "Response rate"),
    **dict.fromkeys(("frt", "frt.calendar"), FRT),
    "nrt": Standard("NRT", "Next response time"),
    **dict.fromkeys(("resolution.first", "resolution.full", "resolution.calendar"), TTR),
    **dict.fromkeys(("fcr.gross", "fcr.net", "fcr.client", "fcr.agent"), FCR),
    **dict.fromkeys(("sla.attainment", "sla.first", "sla.next", "sla.update", "sla.resolution"), SLA),
    "queue.asa": Standard("ASA", "Average speed of answer"),
    "queue.service_level": Standard("SL", "Service level, answered within the threshold"),
    "queue.abandonment": Standard("ABA", "Abandonment rate"),
    "aht": Standard("AHT", "Average handle time"),
    "qa.score": QA,
    **dict.fromkeys(("capa.done", "capa.effective"), CAPA),
    "inc.mttd": Standard("MTTD", "Time to detect"),
    "inc.mtta": Standard("MTTA", "Time to acknowledge"),
    "inc.mttn": Standard("MTTN", "Time to notify"),
    "inc.mttr": Standard("MTTR", "Time to restore"),
    "inc.mtbf": Standard("MTBF", "Mean time between failures"),
    "forecast.wape": Standard("WAPE", "Weighted absolute percentage error, by day"),
    "forecast.wape.hour": Standard("WAPE", "Weighted absolute percentage error, by hour"),
    "forecast.mase": Standard("MASE", "Mean absolute scaled error"),
    "lifetime.rmst": Standard("RMST", "Restricted mean survival time"),
    "retention.km": Standard("KM", "Kaplan–Meier median"),
    "revenue.grr": Standard("GRR", "Gross revenue retention"),
    "revenue.nrr": Standard("NRR", "Net revenue retention"),
    "onboard.ttp": Standard("TTP", "Time to proficiency"),
}
