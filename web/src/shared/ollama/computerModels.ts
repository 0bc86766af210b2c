import { queryOptions, useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import { listModels, type OllamaModel, type OllamaProblem } from './ollama';

const place = 'atrium.ollama';

interface Computer {
  /** The model that new conversations on this device are asked with; null when the person has not chosen this way here. */
  model: string | null;
}

const read = (): string | null => {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
};

/** Kept on this device and not with the person: on another one another Ollama runs, or none. */
export const useComputer = create<Computer>(() => ({ model: read() }));

export function chooseComputerModel(model: string | null): void {
  if (model === null) localStorage.removeItem(place);
  else localStorage.setItem(place, model);
  useComputer.setState({ model });
}

export const computerModelsQuery = queryOptions<OllamaModel[], OllamaProblem>({
  queryKey: ['ollama-browser'],
  queryFn: ({ signal }) => listModels(signal),
  retry: false,
  staleTime: 30_000,
});

/** The models of this computer, on devices where the person chose this way: a browser may ask for permission, so nobody else is bothered. */
export const useComputerModels = () => useQuery({ ...computerModelsQuery, enabled: useComputer(({ model }) => model !== null) });
