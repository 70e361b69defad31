import { Show } from "solid-js";
import { ChoiceField } from "../ui/choice-field.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";
import { describeRules, missedWords, overlapWords, sayMinutes } from "./schedule-rules.model.ts";
import { WhenInput } from "./when-input.tsx";

/** What is done when a time cannot be kept; closed at first, with what holds said in words. */
export function RuleFields(props: { editor: ScheduleEditor }) {
  const { form, patchRules, typedFault } = props.editor;
  const window = () => Number(form.rules.missedWindowMinutes);
  return (
    <details class="group min-w-0 rounded-lg border border-line bg-card p-4 lg:col-start-1 lg:self-start">
      <summary class="cursor-pointer">
        <span class="font-semibold">More</span> <span class="text-sm text-quiet">{describeRules(form.rules)}</span>
      </summary>
      <div class="mt-4 grid items-start gap-4 sm:grid-cols-2">
        <ChoiceField
          id="schedule-overlap"
          label="When an earlier run still goes on"
          words={overlapWords}
          value={form.rules.overlap}
          onChange={(overlap) => patchRules({ overlap })}
        />
        <ChoiceField
          id="schedule-missed"
          label="Times that were missed"
          words={missedWords}
          value={form.rules.missed}
          onChange={(missed) => patchRules({ missed })}
        />
        <Show when={form.rules.missed !== "skip"}>
          <WhenInput
            editor={props.editor}
            part="missedWindowMinutes"
            label="Missed by at most, in minutes"
            type="number"
            min={1}
            help={typedFault("missedWindowMinutes") ? "" : `That is ${sayMinutes(window())}. What is older is skipped.`}
            value={form.rules.missedWindowMinutes}
            onInput={(text) => patchRules({ missedWindowMinutes: text })}
          />
        </Show>
        <WhenInput
          editor={props.editor}
          part="jitterSeconds"
          label="Jitter, in seconds"
          type="number"
          min={0}
          help="It starts up to so much later, as chance has it, so that not everything starts at once."
          value={form.rules.jitterSeconds}
          onInput={(text) => patchRules({ jitterSeconds: text })}
        />
        <WhenInput
          editor={props.editor}
          part="pauseAfterFailures"
          label="Pause after so many failures in a row"
          type="number"
          min={1}
          help="Left empty: failures do not pause it. Completed with Errors counts as failure."
          value={form.rules.pauseAfterFailures}
          onInput={(text) => patchRules({ pauseAfterFailures: text })}
        />
      </div>
    </details>
  );
}
