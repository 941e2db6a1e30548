/** The look on paper, A4 with the drawing on A3: smaller, nothing that only works on a screen, no piece torn that can be kept whole. */
export const PRINT_CSS = `
@media print{
@page{size:A4;margin:17mm 14mm 15mm}
@page drawing{size:A3}
body{font-size:10pt;line-height:1.5}
main{max-width:none;padding:0}
nav,.confidential,.skip{display:none}
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
.scroll{overflow:visible;padding-right:1px}
table{font-size:8.5pt}
td .band{font-size:8pt;padding:0 4px}
th,td{padding:4px 6px}
table.matrix td{padding:2px 3px}table.matrix th{padding:4px 2px}
.place{font-size:.88em}
.map{max-height:352mm;width:auto}
.legend{font-size:8.5pt;gap:2px 14px}
a{color:inherit;text-decoration:none}
.risk-head{break-inside:avoid;break-after:avoid}
.hops{break-before:avoid}
.risk dl>div{break-inside:avoid}
.risk dd li,.patch li{break-inside:avoid}
.patch h3,.patch h3+p{break-after:avoid}
pre{break-inside:avoid;font-size:7.5pt}
.lapsed-list,.checklist li{break-inside:avoid}
.checklist{grid-template-columns:1fr 1fr}
#patches{break-before:page}
.part{break-inside:avoid}
#drawing{page:drawing}
.class,.assumed,.decision{font-size:.9em}
}
`;
