import { Confirm } from "./confirm.tsx";

/** Asks before something is deleted that others may need; `dependents` says who, and is undefined until that is known. */
export function ConfirmDelete(props: {
  open: boolean;
  onClose: () => void;
  name: string;
  text: string;
  dependents: string | undefined;
  onYes: () => void;
}) {
  return (
    <Confirm
      open={props.open && props.dependents !== undefined}
      onClose={props.onClose}
      title={`Delete ${props.name}?`}
      text={`${props.dependents ?? ""} ${props.text}`.trim()}
      look="danger"
      onYes={props.onYes}
    />
  );
}
