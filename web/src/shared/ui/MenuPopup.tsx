import { Menu, type MenuProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';

/** One line of a menu; a heading and a divider cannot be picked. */
export type MenuEntry =
  | { kind: 'divider' }
  | { kind: 'heading'; text: ReactNode; className?: string | undefined }
  | { kind: 'item'; text: ReactNode; icon?: ReactNode; danger?: boolean; onPick: () => void }
  | { kind: 'link'; text: ReactNode; icon?: ReactNode; to: string }
  | { kind: 'download'; text: ReactNode; icon?: ReactNode; address: string };

export interface MenuPopupProps extends Pick<MenuProps, 'position' | 'width'> {
  target: ReactElement;
  entries: readonly MenuEntry[];
}

/** A menu that opens as soon as it is here, as if its button had been pressed now. */
export function MenuPopup({ target, entries, ...props }: MenuPopupProps) {
  const place = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    const button = place.current?.nextElementSibling;
    if (pressed.current || !(button instanceof HTMLElement)) return;
    pressed.current = true;
    // The focus comes back to the button that has it when the menu opens.
    button.focus();
    button.click();
  }, []);
  return (
    <>
      <span ref={place} hidden />
      <Menu shadow="md" radius="lg" {...props}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          {entries.map((entry, index) => (
            <Entry key={index} entry={entry} />
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'divider':
      return <Menu.Divider />;
    case 'heading':
      return <Menu.Label className={entry.className}>{entry.text}</Menu.Label>;
    case 'item':
      return (
        <Menu.Item leftSection={entry.icon} onClick={entry.onPick} {...(entry.danger === true && { color: 'brick' })}>
          {entry.text}
        </Menu.Item>
      );
    case 'link':
      return (
        <Menu.Item component={Link} to={entry.to} leftSection={entry.icon}>
          {entry.text}
        </Menu.Item>
      );
    case 'download':
      return (
        <Menu.Item component="a" href={entry.address} download leftSection={entry.icon}>
          {entry.text}
        </Menu.Item>
      );
  }
}
