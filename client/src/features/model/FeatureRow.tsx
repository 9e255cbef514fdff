import type { RefObject } from "react";
import { useId, useRef, useState } from "react";
import type { Feature, FeatureProfile } from "@/api/types";
import { editsOf } from "@/lib/edits";
import type { Setting } from "@/lib/recipe";
import { WEIGHTS } from "@/lib/recipe";
import { showNumber } from "@/lib/values";
import { Distribution } from "@/ui/Distribution";
import { WeightBars } from "@/ui/WeightBars";
import { Boxes } from "./Boxes";
import { ChoiceBody } from "./ChoiceBody";
import { NumericBody } from "./NumericBody";

interface Props {
  feature: Feature;
  profile: FeatureProfile;
  setting: Setting;
  startsOpen: boolean;
  onChange: (change: Setting) => void;
  onReset: () => void;
}

/** One of the fifteen variables: tick, name, limits, aim and weight; its strip when it is open. */
export function FeatureRow({ feature, profile, setting, startsOpen, onChange, onReset }: Props) {
  const [open, setOpen] = useState(startsOpen);
  const body = useId();
  const words = useId();
  const head = useRef<HTMLButtonElement>(null);
  const { histogram, shares } = profile;
  const weight = setting.weight ?? "normal";
  const edits = open ? "" : editsOf(feature, setting);
  const byDefault = profile.selected || setting.target !== undefined || weight !== "normal";
  const reset = () => {
    onReset();
    head.current?.focus(); // the button that was pressed is gone
  };
  if (!profile.available || (!histogram && !shares)) {
    return (
      <li className="py-2 text-muted">
        {feature.label} is not known for the songs of this catalog.
      </li>
    );
  }
  return (
    <li className="border-b border-line py-1 last:border-0" data-feature={feature.name}>
      <div className={`flex items-center gap-x-2 ${open ? "flex-wrap sm:flex-nowrap" : ""}`}>
        <label className="-ml-3 flex size-11 shrink-0 items-center justify-center lg:-ml-2 lg:size-8">
          <input
            type="checkbox"
            className="size-4"
            aria-label={`Use ${feature.label.toLowerCase()}`}
            checked={setting.selected ?? byDefault}
            onChange={({ target: { checked } }) =>
              onChange({ selected: checked === byDefault ? undefined : checked })
            }
          />
        </label>
        <Name
          {...{ feature, head, body, open }}
          words={edits === "" ? undefined : words}
          onToggle={() => setOpen(!open)}
        />
        {!open && <Closed {...{ feature, profile, setting }} />}
        <div className="order-last flex basis-full justify-end gap-1 empty:hidden sm:order-none sm:basis-auto">
          {open && histogram && <Boxes {...{ feature, profile, setting, onChange }} />}
        </div>
        <WeightBars
          label={`Weight of ${feature.label.toLowerCase()}`}
          steps={WEIGHTS}
          value={weight}
          onChange={(step) => onChange({ weight: step === "normal" ? undefined : step })}
        />
      </div>
      {edits !== "" && (
        <p id={words} className="pb-2 pl-8 font-medium break-words text-accent lg:pl-6">
          {edits}
        </p>
      )}
      <div id={body} hidden={!open} className="pb-2">
        {open && histogram && (
          <NumericBody {...{ feature, profile, histogram, setting, onChange }} onReset={reset} />
        )}
        {open && !histogram && shares && (
          <ChoiceBody {...{ feature, profile, shares, setting, onChange }} onReset={reset} />
        )}
      </div>
    </li>
  );
}

interface NameProps {
  feature: Feature;
  head: RefObject<HTMLButtonElement | null>;
  /** The id of what it opens. */
  body: string;
  open: boolean;
  /** The id of what was changed, where it is not in sight otherwise. */
  words: string | undefined;
  onToggle: () => void;
}

function Name({ feature, head, body, open, words, onToggle }: NameProps) {
  return (
    <button
      ref={head}
      type="button"
      aria-expanded={open}
      aria-controls={body}
      aria-describedby={words}
      title={feature.description}
      className="-ml-2 flex min-h-11 min-w-0 grow items-center gap-1 text-left font-medium lg:min-h-8"
      onClick={onToggle}
    >
      <span className="truncate">{feature.label}</span>
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        aria-hidden="true"
        className={`shrink-0 stroke-muted transition-transform ${open ? "rotate-180" : ""}`}
      >
        <path d="m2.5 4.5 3.5 3.5 3.5-3.5" fill="none" strokeWidth="1.5" />
      </svg>
    </button>
  );
}

/** The values in short, while the strip is closed. */
function Closed({ feature, profile, setting }: Pick<Props, "feature" | "profile" | "setting">) {
  const { histogram } = profile;
  const aim = setting.target ?? profile.centre;
  return (
    <>
      {histogram && (
        <div className="h-6 w-20 border-b border-line sm:w-28">
          <Distribution
            histogram={histogram}
            from={setting.min ?? -Infinity}
            to={setting.max ?? Infinity}
            low={histogram.edges[0] ?? 0}
            high={histogram.edges.at(-1) ?? 1}
          />
        </div>
      )}
      <span
        className={`w-14 text-center ${setting.target === undefined ? "" : "font-semibold text-accent"}`}
      >
        {aim === null ? "" : showNumber(feature, aim)}
      </span>
    </>
  );
}
