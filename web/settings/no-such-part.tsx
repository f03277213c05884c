import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';

export function NoSuchPart() {
  return (
    <Empty icon={Compass} title="There is no such part of the settings">
      <Link to="/settings" className={`mt-3 ${buttonClass()}`}>
        Show the settings
      </Link>
    </Empty>
  );
}
