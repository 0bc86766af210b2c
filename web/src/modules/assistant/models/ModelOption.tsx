import { memo } from 'react';
import type { Model } from '@/api/types';
import { ModelFacts } from '@/shared/models/ModelFacts';
import classes from './Models.module.css';

interface ModelOptionProps {
  id: string;
  model: Model;
  selected: boolean;
  active: boolean;
  onChoose: (model: string) => void;
}

export const ModelOption = memo(function ModelOption({ id, model, selected, active, onChoose }: ModelOptionProps) {
  return (
    <div role="option" id={id} aria-selected={selected} data-active={active} className={classes.option} onClick={() => onChoose(model.id)}>
      <ModelFacts model={model} />
    </div>
  );
});
