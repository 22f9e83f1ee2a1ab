/* The site's own script: opens the search, which loads when asked for, lists that filter and sort, previews of linked
   pages, buttons that copy. Every page is whole without it. Its words come from data- attributes; what pages say is only ever set as text. */

import { closeContents } from "./explainer/contents.js";
import { offerCopies } from "./explainer/copying.js";
import { offerDrawer } from "./explainer/drawer.js";
import { offerFilters } from "./explainer/filterable.js";
import { openFolds } from "./explainer/folds.js";
import { keepPages } from "./explainer/kept.js";
import { followMoved } from "./explainer/moved.js";
import { offerSearch } from "./explainer/opening.js";
import { offerPaper } from "./explainer/paper.js";
import { offerPreviews } from "./explainer/preview.js";
import { offerSchemes } from "./explainer/scheme.js";
import { followReader } from "./explainer/scrolling.js";

/* Before the first paint, or what needs scripts would push the rest aside. */
document.documentElement.classList.replace("no-js", "js");

offerSchemes();
offerSearch();
offerDrawer();
offerFilters();
offerPreviews();
offerPaper();
offerCopies();
closeContents();
openFolds();
followMoved();
followReader();
keepPages();
