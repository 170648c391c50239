import { addTour } from "./add_tour";
import { confirm, openMenu, press, see, seeState } from "./steps";

// A campaign from preview to result, see tests/notice/test_tour_reminder.py.
const ROW = ".o_field_widget[name=reminder_ids] .o_data_row";
const RESULT = ".o_field_widget[name=result_ids] .o_data_row";

addTour("property_reminder", () => [
    ...openMenu("menu_property_notice", "menu_property_reminder_campaign"),
    {
        content: "The preview that opened by itself",
        trigger: ".o_list_view .o_data_row:contains(Sunrise Garden) .o_data_cell",
        run: "click",
    },
    { trigger: `${ROW}:contains(Lin):contains(675.50):contains(E-mail)` },
    {
        content: "Who gets none, and why",
        trigger: `${ROW}:contains(Hale):contains(no phone)`,
    },
    see("amount_planned", "$ 1,011.50"),
    {
        content: "No SMS this time",
        trigger: ".o_field_widget[name=by_sms] input",
        run: "click",
    },
    press("action_refresh"),
    { trigger: `${ROW}:count(3)` },
    press("action_start"),
    confirm("Send"),
    seeState("In Progress"),
    { trigger: `${ROW}:contains(Hale):contains(in the queue)` },
    {
        content: "Open the results",
        trigger: ".o_notebook .nav-link[name=results]",
        run: "click",
    },
    { trigger: `${RESULT}:contains(E-mail)` },
    press("action_close"),
    { trigger: ".modal .modal-footer .btn-primary", run: "click" },
    seeState("Done"),
]);
