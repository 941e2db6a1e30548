import { MAP_CSS } from '../../map/index.ts';

/** The look of the report on a screen and on A4 paper, without anything from elsewhere. */
export function styleSheet(confidential: string): string {
  return `${PAGE_CSS}${MAP_CSS}@media print{@page{@top-right{content:"${confidential}";font:9pt sans-serif;color:#b3261e}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#4a5563}}}`;
}

const PAGE_CSS = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1f2a37;font:15px/1.6 Helvetica,Arial,"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif}
main{max-width:1000px;margin:0 auto;padding:0 24px 48px}
.confidential{background:#b3261e;color:#fff;text-align:center;font-weight:700;padding:4px 8px;letter-spacing:.08em}
nav{border-bottom:1px solid #d5dae1;padding:8px 0;font-size:13px}
nav a{margin-right:14px;white-space:nowrap}
a{color:#1a4f8f}
h1{font-size:25px;line-height:1.3;margin:22px 0 10px}
h2{font-size:19px;margin:26px 0 8px;line-height:1.35;break-after:avoid}
h3{font-size:16px;margin:18px 0 6px;line-height:1.4;break-after:avoid}
section{margin-top:30px}
section.brief{margin-top:0}
p{margin:6px 0}
.lead{font-size:16px}
.note,.faint,figcaption{color:#4a5563;font-size:13px}
.place{color:#4a5563;font:12px/1.5 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
dl.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:6px 0 10px;padding:0}
dl.facts div{display:flex;gap:8px}
dt{color:#4a5563}
dd{margin:0;font-weight:600}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:12px;margin:12px 0 4px}
.tile{border:1px solid #c3cad3;border-left-width:8px;border-radius:4px;padding:8px 14px;display:grid;grid-template-columns:1fr auto;align-items:baseline}
.tile-band{font-weight:700;font-size:17px}
.tile-count{font-size:32px;font-weight:700;line-height:1.1}
.tile-then{grid-column:1/-1;color:#4a5563;font-size:13px}
.tile.high{border-left-color:#b3261e}.tile.medium{border-left-color:#b47a00;border-left-style:double}.tile.low{border-left-color:#1b7f3b;border-left-style:dotted}
.decisions{padding-left:24px;margin:6px 0}
.decisions>li{margin:0 0 10px;padding:0 0 8px;border-bottom:1px solid #e3e7ec;break-inside:avoid}
.decisions ul{margin:4px 0;padding-left:18px}
.choice{color:#1f2a37;font-size:14px}
.tick{margin-left:14px;white-space:nowrap}
.band{display:inline-block;white-space:nowrap;border:1.5px solid;border-radius:3px;padding:0 6px;font-size:13px;font-weight:700;line-height:1.5}
.band.high{color:#b3261e;border-style:solid}.band.medium{color:#8a5a00;border-style:dashed}.band.low{color:#1b7f3b;border-style:dotted}
.ask{break-inside:avoid}
.signature{display:grid;grid-template-columns:repeat(4,1fr);border:1px solid #1f2a37;margin-top:8px}
.signature div{min-height:64px;padding:6px 10px;border-left:1px solid #c3cad3}
.signature div:first-child{border-left:0}
.signature span{display:block;color:#4a5563;font-size:12px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px;margin:8px 0}
th,td{border:1px solid #c3cad3;padding:5px 8px;text-align:left;vertical-align:top;overflow-wrap:break-word}
th{background:#f1f3f6;font-weight:700;white-space:nowrap}
tr{break-inside:avoid}
table.risks td:nth-child(1),table.risks td:nth-child(5){text-align:right}
table.risks td:nth-child(3),table.risks td:nth-child(6),table.risks td:nth-child(7),table.risks td:nth-child(8){white-space:nowrap}
table.assets td:nth-child(n+5):nth-child(-n+8){white-space:nowrap}
table.sheet td:nth-child(2),table.findings td:nth-child(-n+3),table.reasons td:nth-child(3),table.reasons td:nth-child(5){white-space:nowrap}
td .faint,td .place{font-size:.92em}
table.sheet td:nth-child(4){width:30%}
table.matrix{width:auto}
table.matrix td{text-align:center;padding:3px 6px}
table.matrix td:first-child{text-align:left;word-break:keep-all;min-width:84px}
table.matrix th{vertical-align:bottom;padding:6px 4px}
.upright{writing-mode:vertical-rl;white-space:nowrap}
:lang(en) .upright{transform:rotate(180deg)}
.mark-box{width:14px;height:14px;vertical-align:-2px;overflow:visible}
.state{white-space:nowrap}
.assumed{border:1px dashed #8a5a00;color:#8a5a00;border-radius:3px;padding:0 4px;font-size:12px;white-space:nowrap}
.risk{border-top:2px solid #c3cad3;margin-top:18px;padding-top:2px}
.risk dl{margin:6px 0}
.risk dl>div{display:grid;grid-template-columns:130px 1fr;gap:8px;margin:3px 0}
.risk dd{font-weight:400}
.risk dd ul{margin:0;padding-left:18px}
.path{font-weight:700}
.hops{margin:4px 0;padding-left:26px}
.hops li{break-inside:avoid}
.hops ul{margin:2px 0;padding-left:18px;list-style:none}
.guard{display:inline-block}
.proposed{color:#1b7f3b;font-weight:700}
.checklist{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:4px 18px}
.checklist .state{display:inline-block;min-width:96px}
figure{margin:8px 0}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px}
.key{white-space:nowrap}
.key-line{width:34px;height:8px;vertical-align:2px}
.map-line{fill:none;stroke:#b3261e;stroke-width:2}
.map-line.undecided{stroke-dasharray:5 3}
.swatch{display:inline-block;width:26px;height:13px;vertical-align:-2px}
.swatch.gate{border:2px dashed #9a6b00;background:#fff8e8}
.swatch.ghost{border:1px dashed #8a94a3}
@media print{
@page{size:A4;margin:17mm 14mm 15mm}
body{font-size:10pt;line-height:1.5}
main{max-width:none;padding:0}
nav,.confidential{display:none}
h1{font-size:17pt}
h2{font-size:13pt;margin:14px 0 5px}
h3{font-size:11pt}
section.brief,#drawing{break-after:page}
section.brief h1{margin-top:0}
.brief{font-size:9.5pt}
.brief h2{font-size:11.5pt;margin:9px 0 3px}
.brief .lead{font-size:10.5pt}
.brief p{margin:3px 0}
.decisions>li{margin:0 0 5px;padding:0 0 4px}
.tiles{margin:6px 0 2px}
.tile{padding:4px 12px}
.tile-count{font-size:22px}
.signature div{min-height:52px}
.scroll{overflow:visible}
table{font-size:8.5pt}
table.matrix td{padding:2px 3px}table.matrix th{padding:4px 2px}
.place{font-size:.88em}
.map{max-height:214mm;width:auto}
.legend{font-size:8.5pt;gap:2px 14px}
a{color:inherit;text-decoration:none}
}
`;
