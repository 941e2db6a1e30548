import { MAP_CSS } from '../../map/index.ts';
import { DARK_CSS } from './dark-style.ts';
import { PRINT_CSS } from './print-style.ts';

/** The look of the report on a screen and on A4 paper, without anything from elsewhere. */
export function styleSheet(confidential: string): string {
  return `${PAGE_CSS}${MAP_CSS}${DARK_CSS}${PRINT_CSS}@media print{@page{@top-right{content:"${confidential}";font:9pt sans-serif;color:#b3261e}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#4a5563}}}`;
}

const PAGE_CSS = `
:root{color-scheme:light;--paper:#fff;--ink:#1f2a37;--soft:#4a5563;--line:#c3cad3;--faint-line:#e3e7ec;--head:#f1f3f6;--link:#1a4f8f;--red:#b3261e;--amber:#8a5a00;--amber-edge:#b47a00;--green:#1b7f3b;--violet:#5a3f9e;--warn:#fdf1ef;--gate:#fff8e8;--gate-edge:#9a6b00;--ghost:#8a94a3}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.6 Helvetica,Arial,"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif}
main{max-width:1000px;margin:0 auto;padding:0 24px 48px}
.confidential{background:var(--red);color:#fff;text-align:center;font-weight:700;padding:4px 8px;letter-spacing:.08em}
nav{border-bottom:1px solid var(--line);padding:8px 0;font-size:13px}
nav a{margin-right:14px;white-space:nowrap}
a{color:var(--link)}
h1{font-size:25px;line-height:1.3;margin:22px 0 10px}
h2{font-size:19px;margin:26px 0 8px;line-height:1.35;break-after:avoid}
h3{font-size:16px;margin:18px 0 6px;line-height:1.4;break-after:avoid}
section{margin-top:30px}
section.brief{margin-top:0}
p{margin:6px 0}
.lead{font-size:16px}
.note,.faint,figcaption{color:var(--soft);font-size:13px}
.place{color:var(--soft);font:12px/1.5 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
dl.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:6px 0 10px;padding:0}
dl.facts div{display:flex;gap:8px}
dt{color:var(--soft)}
dd{margin:0;font-weight:600}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:12px;margin:12px 0 4px}
.tile{border:1px solid var(--line);border-left-width:8px;border-radius:4px;padding:8px 14px;display:grid;grid-template-columns:1fr auto;align-items:baseline}
.tile-band{font-weight:700;font-size:17px}
.tile-count{font-size:32px;font-weight:700;line-height:1.1}
.tile-then{grid-column:1/-1;color:var(--soft);font-size:13px}
.tile.high{border-left-color:var(--red)}.tile.medium{border-left-color:var(--amber-edge);border-left-style:double}.tile.low{border-left-color:var(--green);border-left-style:dotted}
.decisions{padding-left:24px;margin:6px 0}
.decisions>li{margin:0 0 10px;padding:0 0 8px;border-bottom:1px solid var(--faint-line);break-inside:avoid}
.decisions ul{margin:4px 0;padding-left:18px}
.choice{color:var(--ink);font-size:14px}
.tick{margin-left:14px;white-space:nowrap}
.band{display:inline-block;white-space:nowrap;border:1.5px solid;border-radius:3px;padding:0 6px;font-size:13px;font-weight:700;line-height:1.5}
.band.high{color:var(--red);border-style:solid}.band.medium{color:var(--amber);border-style:dashed}.band.low{color:var(--green);border-style:dotted}
.ask{break-inside:avoid}
.signature{display:grid;grid-template-columns:repeat(4,1fr);border:1px solid var(--ink);margin-top:8px}
.signature div{min-height:64px;padding:6px 10px;border-left:1px solid var(--line)}
.signature div:first-child{border-left:0}
.signature span{display:block;color:var(--soft);font-size:12px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px;margin:8px 0}
th,td{border:1px solid var(--line);padding:5px 8px;text-align:left;vertical-align:top;overflow-wrap:break-word}
th{background:var(--head);font-weight:700;white-space:nowrap}
tr{break-inside:avoid}
table.risks td:nth-child(1),table.risks td:nth-child(5){text-align:right}
table.risks td:nth-child(9){white-space:nowrap}
table.risks td:nth-child(2){width:34%}
table.risks td:nth-child(4){min-width:104px}
table.decision-list td:nth-child(2),table.decision-list td:nth-child(3),table.decision-list td:nth-child(6){white-space:nowrap}
table.risks td:nth-child(3),table.risks td:nth-child(6),table.risks td:nth-child(7),table.risks td:nth-child(8){white-space:nowrap}
table.assets td:nth-child(n+5):nth-child(-n+8){white-space:nowrap}
table.sheet td:nth-child(2),table.sheet td:nth-child(3),table.findings td:nth-child(-n+3),table.reasons td:nth-child(3),table.reasons td:nth-child(5){white-space:nowrap}
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
.assumed{border:1px dashed var(--amber);color:var(--amber);border-radius:3px;padding:0 4px;font-size:12px;white-space:nowrap}
.risk{border-top:2px solid var(--line);margin-top:18px;padding-top:2px}
.risk dl{margin:6px 0}
.risk dl>div{display:grid;grid-template-columns:130px 1fr;gap:8px;margin:3px 0}
.risk dd{font-weight:400}
.risk dd ul{margin:0;padding-left:18px}
.path{font-weight:700}
.hops{margin:4px 0;padding-left:26px}
.hops li{break-inside:avoid}
.hops ul{margin:2px 0;padding-left:18px;list-style:none}
.guard{display:inline-block}
.proposed{color:var(--green);font-weight:700}
.day{color:var(--soft);white-space:nowrap}
.class{display:inline-block;border:1px solid var(--line);border-radius:3px;padding:0 4px;font-size:12px;color:var(--soft)}
.decision{white-space:nowrap;border:1px solid var(--line);border-radius:3px;padding:0 5px;font-size:12.5px}
.decision.counts{border-color:var(--green);color:var(--green)}
.decision.lapsed{border:2px solid var(--red);color:var(--red);font-weight:700}
.lapsed-list{border:2px solid var(--red);background:var(--warn);border-radius:4px;padding:6px 12px;margin:8px 0}
.lapsed-list ul{margin:2px 0;padding-left:20px}
.patch{border-top:1px solid var(--line);margin-top:10px}
pre{background:var(--head);border:1px solid var(--faint-line);border-radius:4px;padding:6px 10px;margin:4px 0;font:12.5px/1.45 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--paper);padding:6px 10px;z-index:1}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.checklist{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:4px 18px}
.checklist .state{display:inline-block;min-width:112px}
figure{margin:8px 0}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px}
.key{white-space:nowrap}
.key-line{width:34px;height:8px;vertical-align:2px}
.map-line{fill:none;stroke:var(--red);stroke-width:2}
.map-line.undecided{stroke-dasharray:5 3}
.swatch{display:inline-block;width:26px;height:13px;vertical-align:-2px}
.swatch.gate{border:2px dashed var(--gate-edge);background:var(--gate)}
.swatch.ghost{border:1px dashed var(--ghost)}
@media screen and (max-width:640px){
main{padding:0 14px 32px}
body{overflow-wrap:anywhere}
.tiles,.signature,.risk dl>div,.checklist{grid-template-columns:1fr}
.signature div{border-left:0;min-height:44px}
.key,.tick{white-space:normal}
}
`;
