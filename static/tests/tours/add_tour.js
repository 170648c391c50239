import { registry } from "@web/core/registry";

export const MODULE = "property_fee_collection";
const PATIENCE = 60000;

/** A tour that a busy machine does not fail: it waits a minute for what is to come. */
export function addTour(name, steps) {
    registry.category("web_tour.tours").add(name, {
        steps: () => steps().map((step) => ({ timeout: PATIENCE, ...step })),
    });
}
