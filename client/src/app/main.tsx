import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeQueryClient } from "@/api/client";
import { App } from "./App";
import { Boundary } from "./Boundary";
import "./style.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <Boundary>
      <QueryClientProvider client={makeQueryClient()}>
        <App />
      </QueryClientProvider>
    </Boundary>
  </StrictMode>,
);
