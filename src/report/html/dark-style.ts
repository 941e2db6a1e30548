/** The look on a screen whose owner prefers dark; paper is always light. */
export const DARK_CSS = `
@media screen and (prefers-color-scheme:dark){
:root{color-scheme:dark;--paper:#14181f;--ink:#e6eaf0;--soft:#aab4c2;--line:#465062;--faint-line:#2c3442;--head:#1f2631;--link:#8ab8f5;--red:#ff8a80;--amber:#f0b95a;--amber-edge:#d99a2b;--green:#6fd08c;--violet:#b9a3f5;--warn:#33201f;--gate:#2b2618;--gate-edge:#d9ab4a;--ghost:#7f8a9b}
.confidential{background:#8c1d18}
.map .box{fill:#1a202a;stroke:#8793a5}
.map .internet{fill:#232b38;stroke:#e6eaf0}
.map .account{fill:#171c25;stroke:#e6eaf0}
.map .region{fill:#14181f;stroke:#8793a5}
.map .vpc{fill:#14181f;stroke:#b9a3f5}
.map .group,.map .zone{fill:#1f2631}
.map .group{stroke:#465062}
.map .subnet{fill:#1a2433;stroke:#6d8bb3}
.map .subnet.public{fill:#18281d;stroke:#6aa67c}
.map .subnet.undecided{fill:#28241a;stroke:#b39b54}
.map .resource{stroke:#e6eaf0}
.map .gate{fill:#2b2618;stroke:#d9ab4a}
.map .ghost{fill:none;stroke:#7f8a9b}
.map text{fill:#e6eaf0}
.map .map-kind{fill:#aab4c2}
.map .flow,.map-line{stroke:#ff8a80}
.map .arrow{fill:#ff8a80}
.mark .ink{stroke:#14181f}
.mark.on .fill{fill:#6fd08c}
.mark.partial .line{stroke:#f0b95a}.mark.partial .fill{fill:#f0b95a}
.mark.off .line{stroke:#ff8a80}
.mark.unknown .line{stroke:#b9a3f5}.mark.unknown text{fill:#b9a3f5}
.mark.not-applicable .line{stroke:#aab4c2}
}
`;
